// The payloads of the reference library with its verdicts.

internal import Bytes

/// One payload.
struct ReferenceVerdict {
    var name: String
    var input: [UInt8]
    var isSQLInjection: Bool
    /// Empty where it is none.
    var fingerprint: String
    var isCrossSiteScripting: Bool

    /// A sample that the library's authors hold to be harmless, whatever its verdict.
    var isHarmless: Bool { name.hasPrefix("false_positives") }

    static func load() throws -> [ReferenceVerdict] {
        let text = String(decoding: try ConformanceKit.bytes("libinjection/verdicts.tsv"), as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return ReferenceVerdict(
                name: fields[0], input: bytes(hex: fields[1]), isSQLInjection: fields[2] == "1",
                fingerprint: fields[3], isCrossSiteScripting: fields[4] == "1")
        }
    }

    private static func bytes(hex: String) -> [UInt8] {
        let digits = hex.utf8.compactMap { ASCII.hexValue($0) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
