// Shapes of attacks that are harmless as written: what people put between quotes, percentages, remarks.
//
// The reference detector reports these. They are let through only where the statement that would result
// can not become true or can not be parsed, so that nothing is lost by it.

internal import Bytes

enum SQLProse {
    /// A word or a path in double quotes inside running text: `a "LIKE" stamp`, `<a href="/apps/">`.
    ///
    /// Read as SQL the text around the quotes is compared with something that gives NULL, false or an
    /// error: text IS or NOT text is no expression, text LIKE text compares 0 or 1 with a pattern, and
    /// text MOD or / text divides by zero unless the second text begins with a digit. Other operators
    /// (`"*"`, `"="`) give 0, which equals every text in MySQL, and stay attacks.
    static func isQuotation(_ statement: FoldedStatement, _ input: ByteView) -> Bool {
        let opening = statement.tokens[0].end
        let closing = statement.tokens[2].start - 1
        guard opening + 1 < closing, input[opening] == 0x22, input[closing] == 0x22 else {
            return false
        }
        let before = opening > 0 ? input[opening - 1] : ASCII.space
        let behind = closing + 1 < input.count ? input[closing + 1] : ASCII.space
        guard !isWordByte(before), !isWordByte(behind), behind != ASCII.byte("%") else { return false }
        let content = input[(opening + 1)..<closing]
        if content.equalsIgnoringASCIICase("LIKE") || content.equalsIgnoringASCIICase("NOT")
            || content.equalsIgnoringASCIICase("IS")
        {
            return true
        }
        guard !beginsWithNumber(input[(closing + 1)...]) else { return false }
        if content.equalsIgnoringASCIICase("MOD") || content.equalsIgnoringASCIICase("DIV") {
            return true
        }
        return before == ASCII.byte("=") && content[content.count - 1] == ASCII.byte("/")
            && behind == ASCII.byte(">")
    }

    /// `80% cotton and 20% wool`: a number, a percent sign and a word on both sides of AND, which can
    /// only narrow what the statement finds. A comparison anywhere makes it a condition.
    static func isPercentages(_ statement: FoldedStatement, _ input: ByteView) -> Bool {
        guard isPercentage(statement.tokens[0], input), isPercentage(statement.tokens[2], input) else {
            return false
        }
        let logic = statement.tokens[1]
        guard input[logic.start..<logic.end].equalsIgnoringASCIICase("AND") else { return false }
        return !input.contains(ASCII.byte("=")) && !input.contains(ASCII.byte("<"))
            && !input.contains(ASCII.byte(">")) && !input.contains(ASCII.byte("("))
    }

    /// `cats and dogs -- the film`, `cats and dogs #1`: two names, and a remark with a text. What is cut
    /// off by it is no longer than the remark is to the reader.
    static func isRemark(_ statement: FoldedStatement) -> Bool {
        guard statement.count == 4, statement.tokens[0].type == .bareword,
            statement.tokens[1].type == .logic,
            statement.tokens[2].type == .bareword
        else { return false }
        let last = statement.tokens[3]
        guard last.type == .comment, !last.traits.contains(.blockComment) else { return false }
        return last.traits.contains(.hashComment) ? last.byteCount > 1 : last.byteCount > 3
    }

    private static func isPercentage(_ token: SQLToken, _ input: ByteView) -> Bool {
        guard token.type == .number, token.end + 2 < input.count else { return false }
        return input[token.end] == ASCII.byte("%") && ASCII.isBlank(input[token.end + 1])
            && ASCII.isLetter(input[token.end + 2])
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte >= 0x80
    }

    /// Whether a server that converts the text to a number gets one that may differ from zero.
    private static func beginsWithNumber(_ text: ByteView) -> Bool {
        for index in text.indices {
            switch text[index] {
            case 0...0x20, ASCII.byte("+"), ASCII.byte("-"), ASCII.byte("."): continue
            case let byte: return ASCII.isDigit(byte)
            }
        }
        return false
    }
}
