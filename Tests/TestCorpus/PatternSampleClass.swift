// Members of classes, those first that are plain to read.

enum PatternSampleClass {
    /// All bytes, in the order in which samples take them.
    static let preferred: [UInt8] =
        Array(0x61...0x7A) + Array(0x30...0x39) + Array(0x41...0x5A) + Array(0x20...0x2F) + Array(0x3A...0x40)
        + Array(0x5B...0x60) + Array(0x7B...0x7E) + Array(0x00...0x1F) + Array(0x7F...0xFF)

    private static let digit: [UInt8] = Array(0x30...0x39)
    private static let letter: [UInt8] = Array(0x61...0x7A) + Array(0x41...0x5A)
    private static let space: [UInt8] = [0x20] + Array(0x09...0x0D)
    private static let word: [UInt8] = letter + digit + [UInt8(ascii: "_")]

    private static func allBut(_ members: [UInt8]) -> [UInt8] { preferred.filter { !members.contains($0) } }

    /// `\d` and its like; nil for other letters.
    static func escaped(_ letter: UInt8) -> [UInt8]? {
        switch letter {
        case UInt8(ascii: "d"): digit
        case UInt8(ascii: "D"): allBut(digit)
        case UInt8(ascii: "w"): word
        case UInt8(ascii: "W"): allBut(word)
        case UInt8(ascii: "s"): space
        case UInt8(ascii: "S"): allBut(space)
        case UInt8(ascii: "h"): [0x20, 0x09]
        case UInt8(ascii: "v"): [0x0A, 0x0B, 0x0D]
        default: nil
        }
    }

    /// `:alpha:` and its like.
    static func named(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        switch String(decoding: name, as: UTF8.self) {
        case ":alpha:": letter
        case ":alnum:": letter + digit
        case ":digit:": digit
        case ":space:": space
        case ":word:": word
        case ":xdigit:": digit + Array(0x61...0x66)
        case ":blank:": [0x20, 0x09]
        case ":punct:": preferred.filter { 0x21...0x7E ~= $0 && !word.contains($0) } + [UInt8(ascii: "_")]
        default: nil
        }
    }
}
