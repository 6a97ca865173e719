// SecRequestBody* and SecResponseBody*.

internal import Bytes
internal import RuleStore

/// Bytes of a body that a SecRequestBodyLimit and its like may name; ModSecurity has the same
/// hard limit.
private let bodyLimitRange = 1...1 << 30

extension RuleSetBuilder {
    mutating func setAccess(_ name: DirectiveName, _ argument: PlacedText) {
        guard let isOn = value(of: name, argument, in: ValueNames.switches, "On or Off") else { return }
        if name == .requestBodyAccess {
            settings.inspectsRequestBody = isOn
        } else {
            settings.inspectsResponseBody = isOn
        }
    }

    mutating func setLimitAction(_ name: DirectiveName, _ argument: PlacedText) {
        let expected = "Reject or ProcessPartial"
        guard let action = value(of: name, argument, in: ValueNames.limitActions, expected) else { return }
        if name == .requestBodyLimitAction {
            settings.requestBodyLimitAction = action
        } else {
            settings.responseBodyLimitAction = action
        }
    }

    mutating func setLimit(_ name: DirectiveName, _ argument: PlacedText) {
        guard let bytes = Number.parse(argument.bytes, in: bodyLimitRange) else {
            let expected = "\(bodyLimitRange.lowerBound) to \(bodyLimitRange.upperBound) bytes"
            return refuse(argument, of: name.rawValue, expected: expected)
        }
        if name == .requestBodyLimit {
            settings.requestBodyLimitBytes = bytes
        } else if name == .requestBodyNoFilesLimit {
            settings.requestBodyNoFilesLimitBytes = bytes
        } else {
            settings.responseBodyLimitBytes = bytes
        }
    }

    /// The first directive takes the place of the built-in types, later ones add to it.
    mutating func addBodyTypes(_ arguments: [PlacedText]) {
        if !hasOwnBodyTypes { settings.responseBodyTypes = [] }
        hasOwnBodyTypes = true
        for argument in arguments {
            // Parameters play no part in the comparison.
            let type = argument.split { $0 == UInt8(ascii: ";") }.first?.trimmed.string.lowercased() ?? ""
            let halves = type.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ASCII.isToken) })
            else {
                refuse(argument, of: DirectiveName.responseBodyMimeType.rawValue, expected: "type/subtype")
                continue
            }
            if !settings.responseBodyTypes.contains(type) { settings.responseBodyTypes.append(type) }
        }
    }
}
