// SecRequestBody* and SecResponseBody*.

internal import Bytes
internal import RuleStore

/// Bytes of a body that a SecRequestBodyLimit and its like may name; ModSecurity has the same
/// hard limit.
private let bodyLimitRange = 1...1 << 30

extension RuleSetBuilder {
    mutating func setBodies(_ name: DirectiveName, _ arguments: [PlacedText]) {
        switch name {
        case .requestBodyAccess, .responseBodyAccess: setAccess(name, arguments[0])
        case .requestBodyLimitAction, .responseBodyLimitAction: setLimitAction(name, arguments[0])
        case .requestBodyJSONDepthLimit:
            if let depth = number(of: name, arguments[0], in: 1...10_000, unit: "levels") {
                settings.jsonDepthLimit = depth
            }
        case .argumentsLimit:
            if let count = number(of: name, arguments[0], in: 1...1_000_000, unit: "arguments") {
                settings.argumentsLimit = count
            }
        case .uploadFileLimit:
            if let count = number(of: name, arguments[0], in: 1...1_000_000, unit: "files") {
                settings.fileLimit = count
            }
        case .responseBodyMimeType: addBodyTypes(arguments)
        case .responseBodyMimeTypesClear:
            settings.responseBodyTypes = []
            hasOwnBodyTypes = true
        case .contentInjection, .streamInBodyInspection, .streamOutBodyInspection:
            setRewriting(name, arguments[0])
        default: setLimit(name, arguments[0])
        }
    }

    /// What rules may do to bodies besides looking at them.
    private mutating func setRewriting(_ name: DirectiveName, _ argument: PlacedText) {
        guard let isOn = value(of: name, argument, in: ValueNames.switches, "On or Off") else { return }
        switch name {
        case .contentInjection: settings.injectsContent = isOn
        case .streamInBodyInspection: settings.streamsRequestBody = isOn
        default: settings.streamsResponseBody = isOn
        }
    }

    private mutating func setAccess(_ name: DirectiveName, _ argument: PlacedText) {
        guard let isOn = value(of: name, argument, in: ValueNames.switches, "On or Off") else { return }
        if name == .requestBodyAccess {
            settings.inspectsRequestBody = isOn
            setsBodyAccess = true
        } else {
            settings.inspectsResponseBody = isOn
        }
    }

    private mutating func setLimitAction(_ name: DirectiveName, _ argument: PlacedText) {
        let expected = "Reject or ProcessPartial"
        guard let action = value(of: name, argument, in: ValueNames.limitActions, expected) else { return }
        if name == .requestBodyLimitAction {
            settings.requestBodyLimitAction = action
        } else {
            settings.responseBodyLimitAction = action
        }
    }

    private mutating func setLimit(_ name: DirectiveName, _ argument: PlacedText) {
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
    private mutating func addBodyTypes(_ arguments: [PlacedText]) {
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
