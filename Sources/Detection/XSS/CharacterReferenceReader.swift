// Characters of attribute values, their references decoded (WHATWG HTML section 13.2.5.72).

internal import Bytes

/// Reads a value character by character. Numeric references are decoded with or without `;`, of the named
/// ones those that can stand unseen inside a scheme, or for its colon.
struct CharacterReferenceReader {
    private let text: ByteView
    private var position = 0

    /// A reference above the code space stands for itself, as text.
    private static let largestCodePoint: UInt32 = 0x10FFFF

    init(_ text: ByteView) { self.text = text }

    /// The next character or byte, nil at the end.
    mutating func next() -> UInt32? {
        guard position < text.count else { return nil }
        if text[position] == ASCII.byte("&") {
            if let character = readNumeric() ?? readNamed() { return character }
        }
        position += 1
        return UInt32(text[position - 1])
    }

    private mutating func readNumeric() -> UInt32? {
        var index = position + 1
        guard index < text.count, text[index] == ASCII.byte("#") else { return nil }
        index += 1
        var radix: UInt32 = 10
        if index < text.count, text[index] | 0x20 == ASCII.byte("x") {
            radix = 16
            index += 1
        }
        let firstDigit = index
        var value: UInt32 = 0
        while index < text.count, let digit = ASCII.hexValue(text[index]), UInt32(digit) < radix {
            value = value * radix + UInt32(digit)
            if value > Self.largestCodePoint { return nil }
            index += 1
        }
        guard index > firstDigit else { return nil }
        if index < text.count, text[index] == ASCII.byte(";") { index += 1 }
        position = index
        return value
    }

    private mutating func readNamed() -> UInt32? {
        let names: [(StaticString, UInt32)] = [("&Tab;", 0x09), ("&NewLine;", 0x0A), ("&colon;", 0x3A)]
        for (name, character) in names where text[position...].hasPrefix(ByteView(name)) {
            position += name.utf8CodeUnitCount
            return character
        }
        return nil
    }
}
