// Tokens to a tree of directives.

/// Parses one text. Errors are collected; what could be understood is returned all the same, so
/// that the errors behind the first are found too.
struct Parser {
    private var lexer: Lexer
    private var errors: [ConfigurationError] = []
    private var isAtEnd = false

    private init(_ lexer: Lexer) { self.lexer = lexer }

    static func parse(_ bytes: [UInt8], file: String, _ diagnostics: inout Diagnostics) -> [DirectiveNode] {
        let start = SourceLocation(file: file, line: 1, column: 1)
        guard bytes.count <= ConfigurationLimits.fileBytes else {
            diagnostics.report(start, .fileTooLarge(limitBytes: ConfigurationLimits.fileBytes))
            return []
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            diagnostics.report(start, .notUTF8)
            return []
        }
        var parser = Parser(Lexer(bytes, file: file))
        let nodes = parser.block(openedAt: nil, depth: 0)
        for error in parser.lexer.errors + parser.errors { diagnostics.report(error) }
        return nodes
    }

    /// Reads directives up to the `}` that ends the block, or the end of the text at depth 0.
    private mutating func block(openedAt opening: SourceLocation?, depth: Int) -> [DirectiveNode] {
        var nodes: [DirectiveNode] = []
        var words: [Word] = []
        while !isAtEnd {
            let token = lexer.next()
            switch token.kind {
            case .word(let text): words.append(Word(text: text, location: token.location))
            case .semicolon:
                if words.isEmpty { unexpected(";", "the name of a directive", token) }
                close(&words, block: nil, into: &nodes)
            case .blockStart:
                if words.isEmpty { unexpected("{", "the name of a directive", token) }
                close(&words, block: innerBlock(token, depth: depth + 1), into: &nodes)
            case .blockEnd:
                if !words.isEmpty { unexpected("}", "\";\" or \"{\"", token) }
                close(&words, block: nil, into: &nodes)
                if opening != nil { return nodes }
                unexpected("}", "the name of a directive", token)
            case .endOfFile:
                isAtEnd = true
                if !words.isEmpty {
                    errors.append(
                        ConfigurationError(
                            token.location, .unexpectedEnd(expected: "\";\" or \"{\"", opening: nil)))
                } else if let opening {
                    errors.append(
                        ConfigurationError(
                            token.location, .unexpectedEnd(expected: "\"}\"", opening: opening)))
                }
                close(&words, block: nil, into: &nodes)
            }
        }
        return nodes
    }

    private mutating func innerBlock(_ token: Token, depth: Int) -> [DirectiveNode] {
        if depth <= ConfigurationLimits.blockDepth { return block(openedAt: token.location, depth: depth) }
        errors.append(
            ConfigurationError(token.location, .blocksTooDeep(limit: ConfigurationLimits.blockDepth)))
        var open = 1
        while open > 0 {
            switch lexer.next().kind {
            case .blockStart: open += 1
            case .blockEnd: open -= 1
            case .endOfFile:
                isAtEnd = true
                return []
            case .word, .semicolon: break
            }
        }
        return []
    }

    private func close(_ words: inout [Word], block: [DirectiveNode]?, into nodes: inout [DirectiveNode]) {
        guard let name = words.first else { return }
        nodes.append(DirectiveNode(name: name, arguments: Array(words.dropFirst()), block: block))
        words = []
    }

    private mutating func unexpected(_ found: String, _ expected: String, _ token: Token) {
        errors.append(ConfigurationError(token.location, .unexpected(found: found, expected: expected)))
    }
}
