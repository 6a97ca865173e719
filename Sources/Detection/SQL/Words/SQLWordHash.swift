// The hash of the word table, kept byte by byte so that a word and each of its beginnings cost one pass.

/// FNV-1a over upper-cased bytes.
struct SQLWordHash {
    private(set) var value: UInt32 = 2_166_136_261

    mutating func append(_ uppercased: UInt8) {
        value = (value ^ UInt32(uppercased)) &* 16_777_619
    }
}
