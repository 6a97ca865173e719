// Reductions of two neighbours.

extension SQLFolder {
    /// Reduces the two tokens at the cursor. False where nothing applies.
    mutating func reducePair() -> Bool {
        let second = window[cursor + 1]
        switch (type(0), type(1)) {
        case (.string, .string), (.semicolon, .semicolon):
            // Adjacent strings are one (SQL-92 5.3), empty statements are none.
            remove(1, at: 1)
        case (.operation, .sqlType), (.logic, .sqlType):
            remove(1, at: 1)
            restart()
        case (.operation, .operation) where second.isUnary, (.logic, .operation) where second.isUnary:
            // A sign, or NOT, behind an operator changes a value, not the shape.
            remove(1, at: 1)
            restart()
        case (.leftParenthesis, .operation) where second.isUnary:
            remove(1, at: 1)
            stepBack()
        default:
            return reduceWords() || reduceContextualWord() || reducePunctuation()
        }
        return true
    }

    /// Two words that are one phrase become one token.
    private mutating func reduceWords() -> Bool {
        let first = window[cursor]
        let second = window[cursor + 1]
        guard first.word != 0, second.word != 0, first.type.mayBeginPhrase,
            second.type.mayContinuePhrase,
            let phrase = tokenizerWords.phrase(first.word, second.word)
        else { return false }
        window[cursor].type = phrase.type
        window[cursor].word = phrase.identity
        window[cursor].traits = phrase.traits
        window[cursor].end = second.end
        remove(1, at: 1)
        stepBack()
        return true
    }

    /// Words whose class depends on what follows.
    private mutating func reduceContextualWord() -> Bool {
        let first = window[cursor]
        let isCall = type(1) == .leftParenthesis
        switch first.type {
        case .semicolon where type(1) == .function && window[cursor + 1].traits.contains(.conditional):
            window[cursor + 1].type = .procedural
        case .bareword where isCall && first.traits.contains(.callable),
            .variable where isCall && first.traits.contains(.callable):
            window[cursor].type = .function
        case .keyword where first.traits.contains(.membership):
            window[cursor].type = isCall ? .operation : .bareword
            stepBack()
        case .operation where isCall && first.traits.contains(.pattern):
            window[cursor].type = .function
        case .sqlType:
            switch type(1) {
            case .bareword, .number, .string, .variable, .function, .sqlType, .leftParenthesis:
                remove(1, at: 0)
                restart()
            default: return false
            }
        case .collate where type(1) == .bareword && isCollationName(window[cursor + 1]):
            window[cursor + 1].type = .sqlType
            restart()
        default: return false
        }
        return true
    }

    private mutating func reducePunctuation() -> Bool {
        switch (type(0), type(1)) {
        case (.backslash, _):
            // Transact-SQL reads `\` before arithmetic as zero and skips it elsewhere.
            if window[cursor + 1].traits.contains(.arithmetic) {
                window[cursor].type = .number
            } else {
                remove(1, at: 0)
            }
        case (.leftParenthesis, .leftParenthesis), (.rightParenthesis, .rightParenthesis):
            remove(1, at: 1)
        case (.leftBrace, .bareword):
            if window[cursor + 1].byteCount == 0 {
                // {``.``.id}: no driver writes it, MySQL takes it.
                window[cursor + 1].type = .evil
                filled = cursor + 2
                isDecided = true
                return true
            }
            // ODBC's escapes: {d '2001-01-01'}, {fn name()}.
            remove(2, at: 0)
        case (_, .rightBrace): remove(1, at: 1)
        default: return false
        }
        restart()
        return true
    }
}
