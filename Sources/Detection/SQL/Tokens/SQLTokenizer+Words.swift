// Words, quoted names and variables.

internal import Bytes

extension SQLTokenizer {
    /// A word up to white space or punctuation. A dot or a backtick divides it where what stands before it
    /// is a word of its own (`SELECT.1`, `1.UNION`), else it belongs to the name (`schema.table`).
    mutating func scanWord() -> SQLToken {
        let start = position
        var end = start
        var hash = SQLWordHash()
        while end < input.count {
            let byte = input[end]
            if SQLByteClass.endsWord(byte) { break }
            if byte == ASCII.byte(".") || byte == ASCII.byte("`"),
                let entry = words.find(input, start..<end, hash), entry.type != .bareword
            {
                return word(start..<end, entry)
            }
            hash.append(ASCII.uppercased(byte))
            end += 1
        }
        guard let entry = words.find(input, start..<end, hash) else {
            position = end
            return SQLToken(.bareword, start, end)
        }
        return word(start..<end, entry)
    }

    private mutating func word(_ range: Range<Int>, _ entry: SQLWordTable.Entry) -> SQLToken {
        position = range.upperBound
        return SQLToken(
            entry.type, range.lowerBound, range.upperBound, word: entry.identity, traits: entry.traits)
    }

    /// A name between backticks (MySQL). It is a function when it names one: MySQL calls it then.
    mutating func scanBacktickName() -> SQLToken {
        var token = scanQuoted(ASCII.byte("`"), openedBy: ASCII.byte("`"), contentFrom: position + 1)
        token.type = .bareword
        token.traits.insert(.backticked)
        if let entry = words.find(input[token.start..<token.end]), entry.type == .function {
            token.type = .function
            token.word = entry.identity
            token.traits.formUnion(entry.traits)
        }
        return token
    }

    /// A name between brackets (SQL Server); to the end of the input where the bracket stays open.
    mutating func scanBracketName() -> SQLToken {
        let start = position
        position = input.firstIndex(of: ASCII.byte("]"), from: start).map { $0 + 1 } ?? input.count
        return SQLToken(.bareword, start, position)
    }

    /// `@name`, `@@name`, and the quoted forms of MySQL (Reference Manual 9.4).
    mutating func scanVariable() -> SQLToken {
        let start = position
        position += 1
        if peek(0) == ASCII.byte("@") { position += 1 }
        switch peek(0) {
        case .some(let quote) where quote == 0x60 || quote == 0x27 || quote == 0x22:
            var token = scanQuoted(quote, openedBy: quote, contentFrom: position + 1)
            token.type = .variable
            token.start = start
            token.end = position
            return token
        default:
            while let byte = peek(0), !SQLByteClass.endsVariable(byte) { position += 1 }
            return SQLToken(.variable, start, position)
        }
    }
}
