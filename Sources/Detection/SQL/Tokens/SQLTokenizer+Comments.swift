// Comments, and the operators that look like their beginnings.

internal import Bytes

extension SQLTokenizer {
    /// `#` is a comment in MySQL, an operator (bitwise XOR) in PostgreSQL.
    mutating func scanHash() -> SQLToken {
        sawDialectMark = true
        switch context.dialect {
        case .ansi: return take(1, as: .operation)
        case .mySQL: return scanLineComment(.hashComment)
        }
    }

    /// `--` and white space is a comment everywhere; with anything else behind it MySQL reads two signs.
    mutating func scanDash() -> SQLToken {
        if peek(1) == ASCII.byte("-") {
            guard let following = peek(2), !SQLByteClass.isWhite(following) else {
                return scanLineComment([])
            }
            switch context.dialect {
            case .ansi:
                sawDialectMark = true
                return scanLineComment([])
            case .mySQL: break
            }
        }
        return take(1, as: .operation, traits: [.unary, .arithmetic])
    }

    private mutating func scanLineComment(_ traits: SQLTokenTraits) -> SQLToken {
        let start = position
        let end = input.firstIndex(of: ASCII.lineFeed, from: start)
        position = end.map { $0 + 1 } ?? input.count
        return SQLToken(.comment, start, end ?? input.count, traits: traits)
    }

    /// `/* … */`, to the end of the input where it stays open. One inside another and the conditional
    /// comments of MySQL (`/*!50000 … */`, Reference Manual 9.7) have no place in honest values.
    mutating func scanSlash() -> SQLToken {
        guard peek(1) == ASCII.byte("*") else { return take(1, as: .operation, traits: .arithmetic) }
        let start = position
        let contentStart = start + 2
        let close = input.firstRange(of: ByteView("*/"), from: contentStart)
        position = close?.upperBound ?? input.count
        let contentEnd = close?.lowerBound ?? input.count
        let isConditional = contentStart < contentEnd && input[contentStart] == ASCII.byte("!")
        // The opening mark of an inner comment may share its last byte with the closing one: `/*/*/`.
        let innerEnd = close == nil ? contentEnd : contentEnd + 1
        let isNested = input[contentStart..<innerEnd].firstRange(of: ByteView("/*")) != nil
        if isConditional || isNested { return SQLToken(.evil, start, position) }
        return SQLToken(
            .comment, start, position, traits: close == nil ? [.blockComment, .unclosed] : .blockComment)
    }
}
