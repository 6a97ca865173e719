// How large a configuration may be. A text beyond a limit is refused with a named error.

enum ConfigurationLimits {
    /// Bytes of one file.
    static let fileBytes = 16 << 20
    /// Bytes of one word, quotes not counted.
    static let wordBytes = 16 << 10
    /// Blocks inside one another; the language itself needs three.
    static let blockDepth = 32
    /// Files that include one another.
    static let includeDepth = 16
    /// Files read in all, each counted as often as it is included.
    static let files = 10_000
}
