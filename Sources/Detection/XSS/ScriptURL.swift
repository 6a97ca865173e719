// URLs that run script when they are followed.

internal import Bytes

/// Reads the beginning of a URL in an attribute as a browser does: character references are decoded, then
/// white space and controls before the scheme are skipped, tabs and line breaks inside it as well (WHATWG
/// URL section 4.4).
enum ScriptURL {
    /// Upper case. `data` documents run script, `view-source` and `vbscript` did; what begins with `java`
    /// is taken for a disguised `javascript`.
    private static let schemes: [StaticString] = ["JAVA", "DATA", "VBSCRIPT", "VIEW-SOURCE"]

    static func runsScript(_ value: ByteView) -> Bool {
        var start = 0
        while start < value.count, value[start] <= 0x20 || value[start] >= 0x7F { start += 1 }
        let url = value[start...]
        return schemes.contains { begins(url, with: ByteView($0)) }
    }

    private static func begins(_ url: ByteView, with scheme: ByteView) -> Bool {
        var reader = CharacterReferenceReader(url)
        var matched = 0
        while matched < scheme.count {
            guard let character = reader.next() else { return false }
            if character == 0 || character == 0x0A { continue }
            if character <= 0x20, matched == 0 || character == 0x09 || character == 0x0D { continue }
            guard character < 0x80, ASCII.uppercased(UInt8(character)) == scheme[matched] else {
                return false
            }
            matched += 1
        }
        return true
    }
}
