// normalise: undoes what hides text from the stages behind.

internal import Bytes
internal import Pipeline

/// Takes percent-encoding away that was put on twice (`%2527` is `%27`), and encoded NUL bytes, in the target and
/// in a form's body. Decoding it once is left to whoever reads it.
final class NormaliseStage: Stage {
    static let description = StageDescription(
        name: "normalise", kind: .business,
        summary: "undoes double percent-encoding in target and form for the stages behind it",
        example: "normalise rounds=3;",
        phases: [.requestHeaders, .requestBody],
        parameters: [
            StageParameter("rounds", "a number from 1 to 8"),
            StageParameter("forward", "on: the upstream gets the normalised form, too; off"),
        ])

    private let rounds: Int
    private let isForwarded: Bool

    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] {
        _ = try NormaliseStage(StageSetting(arguments))
        return []
    }

    init(_ setting: StageSetting) throws(StageError) {
        rounds = try setting.arguments.number("rounds", in: 1...8) ?? 3
        switch setting.arguments["forward"] {
        case "on": isForwarded = true
        case nil, "off": isForwarded = false
        case .some(let word): throw StageError("forward=\(word): expected on or off")
        }
    }

    func push(_ stream: PipelineStream) -> StageResult {
        switch stream.phase {
        case .requestHeaders:
            if let bytes = Self.simplified(stream.view(of: .target), rounds: rounds),
                stream.editTarget(bytes, isForwarded: isForwarded)
            {
                stream.tag("target", "simplified")
            }
        case .requestBody:
            let kind = stream.source.requestHeader(ByteView("Content-Type")) ?? .empty
            let form = ByteView("application/x-www-form-urlencoded")
            guard kind.count >= form.count, kind[..<form.count].equalsIgnoringASCIICase(form) else { break }
            if let bytes = Self.simplified(stream.body, rounds: rounds),
                stream.editBody(bytes, isForwarded: isForwarded)
            {
                stream.tag("body", "simplified")
            }
        case .connection, .responseHeaders, .responseBody, .message, .logging: break
        }
        return .next
    }

    /// nil when there is nothing to undo.
    static func simplified(_ text: ByteView, rounds: Int) -> [UInt8]? {
        guard text.firstIndex(of: ASCII.byte("%")) != nil else { return nil }
        var bytes = text.array
        var hasChanged = false
        for _ in 0..<rounds {
            guard let simpler = undone(bytes) else { break }
            bytes = simpler
            hasChanged = true
        }
        return hasChanged ? bytes : nil
    }

    /// One layer less; nil when there is one only.
    private static func undone(_ bytes: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if isTriple(bytes, index, "2", "5"), isHex(bytes, index + 3), isHex(bytes, index + 4) {
                output.append(ASCII.byte("%"))
                index += 3
            } else if isTriple(bytes, index, "0", "0") {
                index += 3
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output.count < bytes.count ? output : nil
    }

    private static func isTriple(
        _ bytes: [UInt8], _ index: Int, _ high: Unicode.Scalar, _ low: Unicode.Scalar
    ) -> Bool {
        index + 2 < bytes.count && bytes[index] == ASCII.byte("%") && bytes[index + 1] == UInt8(ascii: high)
            && bytes[index + 2] == UInt8(ascii: low)
    }

    private static func isHex(_ bytes: [UInt8], _ index: Int) -> Bool {
        index < bytes.count && ASCII.hexValue(bytes[index]) != nil
    }
}
