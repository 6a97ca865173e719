// String literals in their many spellings.

internal import Bytes

extension SQLTokenizer {
    /// A string whose text begins at `contentStart`: up to a `quote` that is neither escaped by a backslash
    /// nor doubled.
    mutating func scanQuoted(
        _ quote: UInt8, openedBy opening: UInt8, contentFrom contentStart: Int
    ) -> SQLToken {
        var index = contentStart
        while index < input.count {
            let byte = input[index]
            if byte == ASCII.byte("\\") {
                index += 2
            } else if byte == quote {
                if index + 1 < input.count, input[index + 1] == quote {
                    index += 2
                } else {
                    position = index + 1
                    return string(contentStart, index, opening, quote)
                }
            } else {
                index += 1
            }
        }
        position = input.count
        return string(min(contentStart, input.count), input.count, opening, 0)
    }

    private func string(_ start: Int, _ end: Int, _ opening: UInt8, _ closing: UInt8) -> SQLToken {
        var token = SQLToken(.string, start, end, traits: closing == 0 ? .unclosed : [])
        token.openingQuote = opening
        token.closingQuote = closing
        return token
    }

    /// A literal that a letter introduces, nil where the letter begins a plain word.
    ///
    /// - Parameter prefix: the letter in lower case.
    mutating func scanPrefixedString(_ prefix: UInt8) -> SQLToken? {
        let quote = ASCII.byte("'")
        switch prefix {
        case ASCII.byte("b"): return scanDigitString { $0 == 0x30 || $0 == 0x31 }
        case ASCII.byte("x"): return scanDigitString { ASCII.hexValue($0) != nil }
        case ASCII.byte("e"):
            // PostgreSQL 4.1.2.2, strings with escapes.
            return peek(1) == quote && peek(2) != nil ? scanAfterPrefix(1) : nil
        case ASCII.byte("n"):
            // National strings (SQL-92), and Oracle's nq'[...]'.
            if let second = peek(1), ASCII.lowercased(second) == ASCII.byte("q") {
                return scanAlternativeQuoting(2)
            }
            return peek(1) == quote && peek(2) != nil ? scanAfterPrefix(1) : nil
        case ASCII.byte("u"):
            // PostgreSQL 4.1.2.3, strings with Unicode escapes.
            return peek(1) == ASCII.byte("&") && peek(2) == quote ? scanAfterPrefix(2, mark: 0x75) : nil
        case ASCII.byte("q"): return scanAlternativeQuoting(1)
        default: return nil
        }
    }

    private mutating func scanAfterPrefix(_ prefixBytes: Int, mark: UInt8 = 0x27) -> SQLToken {
        var token = scanQuoted(
            0x27, openedBy: 0x27, contentFrom: position + prefixBytes + 1)
        token.openingQuote = mark
        if token.closingQuote != 0 { token.closingQuote = mark }
        return token
    }

    /// Oracle's alternative quoting, `q'[...]'`: any mark, mirrored where it is a bracket.
    private mutating func scanAlternativeQuoting(_ prefixBytes: Int) -> SQLToken? {
        guard peek(prefixBytes) == 0x27, let mark = peek(prefixBytes + 1), mark > 0x20 else {
            return nil
        }
        let closingMark: UInt8 =
            switch mark {
            case ASCII.byte("("): ASCII.byte(")")
            case ASCII.byte("["): ASCII.byte("]")
            case ASCII.byte("{"): ASCII.byte("}")
            case ASCII.byte("<"): ASCII.byte(">")
            default: mark
            }
        let start = position + prefixBytes + 2
        let letter = ASCII.byte("q")
        var index = start
        while let found = input.firstIndex(of: closingMark, from: min(index, input.count)) {
            if found + 1 < input.count, input[found + 1] == 0x27 {
                position = found + 2
                return string(start, found, letter, letter)
            }
            index = found + 1
        }
        position = input.count
        return string(min(start, input.count), input.count, letter, 0)
    }

    /// `b'0101'`, `x'1F'`: numbers in quotes, and only when every character is a digit.
    private mutating func scanDigitString(_ isDigit: (UInt8) -> Bool) -> SQLToken? {
        guard peek(1) == 0x27 else { return nil }
        var length = 2
        while let byte = peek(length), isDigit(byte) { length += 1 }
        return peek(length) == 0x27 ? take(length + 1, as: .number) : nil
    }

    /// `$`: money and bind parameters, dollar-quoted strings (PostgreSQL 4.1.2.4), else a name of its own.
    mutating func scanDollar() -> SQLToken {
        let start = position
        var length = 1
        while let byte = peek(length), ASCII.isDigit(byte) || byte == 0x2E || byte == 0x2C {
            length += 1
        }
        if length == 2, peek(1) == ASCII.byte(".") { return scanWord() }
        if length > 1 { return take(length, as: .number) }

        while let byte = peek(length), ASCII.isLetter(byte) { length += 1 }
        guard peek(length) == ASCII.byte("$") else { return take(1, as: .bareword) }
        let tag = input[start..<(start + length + 1)]
        let contentStart = start + tag.count
        guard let end = input.firstRange(of: tag, from: contentStart) else {
            position = input.count
            return string(contentStart, input.count, ASCII.byte("$"), 0)
        }
        position = end.upperBound
        return string(contentStart, end.lowerBound, ASCII.byte("$"), ASCII.byte("$"))
    }
}
