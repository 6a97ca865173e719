// A set of bytes: what one step of a pattern accepts.

/// Any subset of the 256 bytes.
struct ByteSet: Hashable, Sendable {
    private var words = SIMD4<UInt64>(repeating: 0)

    init() {}

    init(_ byte: UInt8) { insert(byte) }

    init(_ range: ClosedRange<UInt8>) { insert(range) }

    init(_ bytes: [UInt8]) {
        for byte in bytes { insert(byte) }
    }

    static var all: ByteSet { ByteSet().inverted }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

    mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range { insert(byte) }
    }

    mutating func formUnion(_ other: ByteSet) { words |= other.words }

    func union(_ other: ByteSet) -> ByteSet {
        var result = self
        result.formUnion(other)
        return result
    }

    var inverted: ByteSet {
        var result = self
        result.words = ~words
        return result
    }

    var isEmpty: Bool { words == SIMD4<UInt64>(repeating: 0) }

    var count: Int {
        (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount }
    }

    /// With the other case of each ASCII letter.
    var foldingCase: ByteSet {
        var result = self
        for letter in UInt8(0x41)...0x5A where contains(letter) || contains(letter | 0x20) {
            result.insert(letter)
            result.insert(letter | 0x20)
        }
        return result
    }
}

/// PCRE's classes in the "C" locale, bytes 0x80 and above being no letters.
extension ByteSet {
    static var lineFeed: ByteSet { ByteSet(0x0A) }
    static var digit: ByteSet { ByteSet(0x30...0x39) }
    static var upper: ByteSet { ByteSet(0x41...0x5A) }
    static var lower: ByteSet { ByteSet(0x61...0x7A) }
    static var alphabetic: ByteSet { upper.union(lower) }
    static var alphanumeric: ByteSet { alphabetic.union(digit) }
    static var word: ByteSet { alphanumeric.union(ByteSet(0x5F)) }
    /// VT (0x0B) included, as in PCRE2 and unlike RE2.
    static var space: ByteSet { ByteSet(0x09...0x0D).union(ByteSet(0x20)) }
    static var horizontalSpace: ByteSet { ByteSet([0x09, 0x20, 0xA0]) }
    static var verticalSpace: ByteSet { ByteSet(0x0A...0x0D).union(ByteSet(0x85)) }

    /// The set of `[:name:]`, nil for names PCRE does not know.
    static func posix(_ name: [UInt8], isCaseless: Bool) -> ByteSet? {
        switch String(decoding: name, as: UTF8.self) {
        case "alpha": alphabetic
        case "lower": isCaseless ? alphabetic : lower
        case "upper": isCaseless ? alphabetic : upper
        case "alnum": alphanumeric
        case "ascii": ByteSet(0x00...0x7F)
        case "blank": ByteSet([0x09, 0x20])
        case "cntrl": ByteSet(0x00...0x1F).union(ByteSet(0x7F))
        case "digit": digit
        case "graph": ByteSet(0x21...0x7E)
        case "print": ByteSet(0x20...0x7E)
        case "punct":
            ByteSet(0x21...0x2F).union(ByteSet(0x3A...0x40)).union(ByteSet(0x5B...0x60))
                .union(ByteSet(0x7B...0x7E))
        case "space": space
        case "word": word
        case "xdigit": digit.union(ByteSet(0x41...0x46)).union(ByteSet(0x61...0x66))
        default: nil
        }
    }
}
