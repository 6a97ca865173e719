// Escape sequences, inside and outside of classes.

internal import Bytes

extension PatternParser {
    /// What a backslash and what follows it stand for.
    enum Escape {
        case byte(UInt8)
        case set(ByteSet)
        case assertion(Assertion)
        /// `\R`.
        case lineEnding
    }

    mutating func parseEscapedItem() throws(PatternError) -> Item {
        switch try parseEscape(isInClass: false) {
        case .byte(let byte): return Item(node: literal(byte))
        case .set(let set): return Item(node: .bytes(set))
        case .assertion(let assertion): return self.assertion(assertion)
        case .lineEnding: return Item(node: Self.lineEnding)
        }
    }

    /// `\R` never gives the LF of a CR LF back, so CR alone counts only when no LF follows.
    private static var lineEnding: PatternNode {
        let single = ByteSet.verticalSpace
        let exceptCarriageReturn = ByteSet((0...255).filter { single.contains($0) && $0 != 0x0D })
        return .choice([
            .sequence([.bytes(ByteSet(0x0D)), .bytes(.lineFeed)]),
            .bytes(exceptCarriageReturn),
            .sequence([.bytes(ByteSet(0x0D)), .assertion(.notBeforeLineFeed)]),
        ])
    }

    /// The rest of an escape; its backslash has been consumed.
    mutating func parseEscape(isInClass: Bool) throws(PatternError) -> Escape {
        let start = index - 1
        guard index < pattern.count else { throw syntax(.escapeAtEnd, at: start) }
        let letter = pattern[index]
        index += 1
        if let set = Self.set(of: letter) { return .set(set) }
        switch letter {
        case UInt8(ascii: "n"): return .byte(0x0A)
        case UInt8(ascii: "r"): return .byte(0x0D)
        case UInt8(ascii: "t"): return .byte(0x09)
        case UInt8(ascii: "f"): return .byte(0x0C)
        case UInt8(ascii: "a"): return .byte(0x07)
        case UInt8(ascii: "e"): return .byte(0x1B)
        case UInt8(ascii: "x"): return .byte(try parseHexadecimal(from: start))
        case UInt8(ascii: "o"): return .byte(try parseBracedOctal(from: start))
        case UInt8(ascii: "c"): return .byte(try parseControl(from: start))
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .byte(try parseDigits(from: start, isInClass: isInClass))
        case UInt8(ascii: "b") where isInClass: return .byte(0x08)
        default: break
        }
        guard ASCII.isLetter(letter) else { return .byte(letter) }
        guard !isInClass else { throw syntax(.escapeInvalidInClass, at: start) }
        return try parseOuterEscape(letter, from: start)
    }

    /// Escapes that are sets wherever they stand.
    private static func set(of letter: UInt8) -> ByteSet? {
        switch letter {
        case UInt8(ascii: "d"): .digit
        case UInt8(ascii: "D"): ByteSet.digit.inverted
        case UInt8(ascii: "w"): .word
        case UInt8(ascii: "W"): ByteSet.word.inverted
        case UInt8(ascii: "s"): .space
        case UInt8(ascii: "S"): ByteSet.space.inverted
        case UInt8(ascii: "h"): .horizontalSpace
        case UInt8(ascii: "H"): ByteSet.horizontalSpace.inverted
        case UInt8(ascii: "v"): .verticalSpace
        case UInt8(ascii: "V"): ByteSet.verticalSpace.inverted
        default: nil
        }
    }

    /// Escapes that mean something outside of classes only.
    private mutating func parseOuterEscape(
        _ letter: UInt8, from start: Int
    ) throws(PatternError) -> Escape {
        switch letter {
        case UInt8(ascii: "A"): return .assertion(.textStart)
        case UInt8(ascii: "z"): return .assertion(.textEnd)
        case UInt8(ascii: "Z"): return .assertion(.textEndOrFinalLineFeed)
        case UInt8(ascii: "b"): return .assertion(.wordBoundary)
        case UInt8(ascii: "B"): return .assertion(.notWordBoundary)
        case UInt8(ascii: "R"): return .lineEnding
        case UInt8(ascii: "C"): return .set(.all)
        case UInt8(ascii: "N"):
            // `\N{name}` is a character of Unicode; `\N{3}` is three times `\N`.
            let here = index
            let isName = peek("{") && scanCounts() == nil
            index = here
            guard !isName else { throw .notRegular(offset: start, construct: .unicodeProperty) }
            return .set(ByteSet.lineFeed.inverted)
        case UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "X"):
            throw .notRegular(offset: start, construct: .unicodeProperty)
        case UInt8(ascii: "K"): throw .notRegular(offset: start, construct: .matchStartReset)
        case UInt8(ascii: "G"): throw .notRegular(offset: start, construct: .startOfSearch)
        case UInt8(ascii: "k"), UInt8(ascii: "g"):
            throw .notRegular(offset: start, construct: .backreference)
        default: throw syntax(.unknownEscape, at: start)
        }
    }

    /// `\xH`, `\xHH`, a bare `\x` (NUL) or `\x{...}`.
    private mutating func parseHexadecimal(from start: Int) throws(PatternError) -> UInt8 {
        var value = 0
        guard take("{") else {
            for _ in 0..<2 {
                guard index < pattern.count, let digit = ASCII.hexValue(pattern[index]) else { break }
                value = value << 4 | Int(digit)
                index += 1
            }
            return UInt8(value)
        }
        let digits = index
        while index < pattern.count, let digit = ASCII.hexValue(pattern[index]) {
            value = value << 4 | Int(digit)
            guard value <= 0xFF else { throw syntax(.valueAboveByte, at: start) }
            index += 1
        }
        guard index > digits, take("}") else { throw syntax(.invalidHexadecimalEscape, at: start) }
        return UInt8(value)
    }

    /// `\o{...}`.
    private mutating func parseBracedOctal(from start: Int) throws(PatternError) -> UInt8 {
        guard take("{") else { throw syntax(.invalidOctalEscape, at: start) }
        let digits = index
        let value = try scanOctal(most: pattern.count, from: start)
        guard index > digits, take("}") else { throw syntax(.invalidOctalEscape, at: start) }
        return value
    }

    private mutating func parseControl(from start: Int) throws(PatternError) -> UInt8 {
        guard index < pattern.count, 0x20...0x7E ~= pattern[index] else {
            throw syntax(.invalidControlEscape, at: start)
        }
        let letter = ASCII.uppercased(pattern[index])
        index += 1
        return letter ^ 0x40
    }

    /// `\0..`, octal codes and back references, told apart as PCRE2 does: outside of classes a
    /// number below 10, one that starts with 8 or 9, or one of a group already opened is a reference.
    private mutating func parseDigits(
        from start: Int, isInClass: Bool
    ) throws(PatternError) -> UInt8 {
        index -= 1
        let first = pattern[index]
        if isInClass, first >= UInt8(ascii: "8") {
            index += 1
            return first
        }
        if !isInClass, first != UInt8(ascii: "0") {
            var number = 0
            for byte in pattern[index...] {
                guard ASCII.isDigit(byte) else { break }
                number = min(number * 10 + Int(byte & 0x0F), 1 << 20)
            }
            if number < 10 || first >= UInt8(ascii: "8") || number <= groupCount {
                throw .notRegular(offset: start, construct: .backreference)
            }
        }
        return try scanOctal(most: 3, from: start)
    }

    private mutating func scanOctal(most: Int, from start: Int) throws(PatternError) -> UInt8 {
        var value = 0
        var digits = 0
        while digits < most, index < pattern.count, 0x30...0x37 ~= pattern[index] {
            value = value << 3 | Int(pattern[index] & 7)
            guard value <= 0xFF else { throw syntax(.valueAboveByte, at: start) }
            index += 1
            digits += 1
        }
        return UInt8(value)
    }
}
