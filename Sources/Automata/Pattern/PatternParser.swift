// From a pattern's text to its syntax tree: PCRE2's grammar, read as bytes.
//
// Sequences, alternatives and literals are here; groups, escapes, classes and quantifiers in the
// extensions beside this file.

/// A recursive descent over one pattern. Recursion is bounded by `limits.nestingDepth`.
struct PatternParser {
    /// What `(?flags)` change. They hold to the end of the group they stand in.
    struct Flags {
        var isCaseless: Bool
        var isMultiline: Bool
        var dotMatchesAll: Bool
        var isExtended: Bool
        /// `(?xx)`: blanks in classes are skipped too.
        var skipsBlanksInClasses = false
        /// `(?U)`: quantifiers are lazy unless followed by `?`.
        var swapsGreed = false
        /// `(?n)`: plain parentheses do not capture.
        var capturesOnlyNamed = false
    }

    let pattern: [UInt8]
    let limits: PatternLimits
    let dollarIsEndOnly: Bool
    var flags: Flags
    var index = 0
    var groupCount = 0
    var groupNames: Set<[UInt8]> = []
    /// Between `\Q` and `\E`.
    var isQuoting = false

    init(_ pattern: [UInt8], options: PatternOptions, limits: PatternLimits) {
        self.pattern = pattern
        self.limits = limits
        dollarIsEndOnly = options.dollarIsEndOnly
        flags = Flags(
            isCaseless: options.isCaseless, isMultiline: options.isMultiline,
            dotMatchesAll: options.dotMatchesAll, isExtended: options.isExtended)
    }

    /// The whole pattern. To be called once.
    mutating func parse() throws(PatternError) -> PatternNode {
        guard pattern.count <= limits.patternBytes else {
            throw .tooLarge(what: .patternBytes, limit: limits.patternBytes)
        }
        let node = try parseAlternatives(depth: 0)
        guard index == pattern.count else { throw syntax(.unmatchedClosingParenthesis, at: index) }
        return node
    }

    /// Branches up to the end or to the parenthesis that closes the group.
    mutating func parseAlternatives(depth: Int) throws(PatternError) -> PatternNode {
        var branches = [try parseSequence(depth: depth)]
        while !isQuoting, take("|") {
            branches.append(try parseSequence(depth: depth))
        }
        return .choosing(branches)
    }

    private mutating func parseSequence(depth: Int) throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while true {
            try skipIgnorable()
            guard index < pattern.count else { break }
            if !isQuoting, peek("|") || peek(")") { break }
            let item = try parseItem(depth: depth)
            try skipIgnorable()
            let isRepeatable = item.isRepeatable
            if let quantifier = try parseQuantifier(isAllowed: isRepeatable) {
                parts.append(
                    .repeating(
                        item.node, minimum: quantifier.minimum, maximum: quantifier.maximum,
                        isGreedy: quantifier.isGreedy))
            } else {
                parts.append(item.node)
            }
        }
        return .joining(parts)
    }

    /// A piece, and whether a quantifier may follow it.
    struct Item {
        var node: PatternNode
        var isRepeatable = true
    }

    private mutating func parseItem(depth: Int) throws(PatternError) -> Item {
        let byte = pattern[index]
        let start = index
        index += 1
        guard !isQuoting else { return Item(node: literal(byte)) }
        switch byte {
        case UInt8(ascii: "("): return try parseGroup(openedAt: start, depth: depth)
        case UInt8(ascii: "["): return Item(node: .bytes(try parseClass(openedAt: start)))
        case UInt8(ascii: "\\"): return try parseEscapedItem()
        case UInt8(ascii: "."):
            return Item(node: .bytes(flags.dotMatchesAll ? .all : ByteSet.lineFeed.inverted))
        case UInt8(ascii: "^"):
            return assertion(flags.isMultiline ? .lineStart : .textStart)
        case UInt8(ascii: "$"):
            if flags.isMultiline { return assertion(.lineEnd) }
            return assertion(dollarIsEndOnly ? .textEnd : .textEndOrFinalLineFeed)
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            throw syntax(.nothingToRepeat, at: start)
        case UInt8(ascii: "{"):
            index = start
            if scanCounts() != nil { throw syntax(.nothingToRepeat, at: start) }
            index = start + 1
            return Item(node: literal(byte))
        default: return Item(node: literal(byte))
        }
    }

    func assertion(_ assertion: Assertion) -> Item {
        Item(node: .assertion(assertion), isRepeatable: false)
    }

    func literal(_ byte: UInt8) -> PatternNode {
        let set = ByteSet(byte)
        return .bytes(flags.isCaseless ? set.foldingCase : set)
    }

    /// Passes `\Q`, `\E`, comments and, in extended mode, white space.
    private mutating func skipIgnorable() throws(PatternError) {
        while index < pattern.count {
            if take("\\E") {
                isQuoting = false
            } else if isQuoting {
                return
            } else if take("\\Q") {
                isQuoting = true
            } else if peek("(?#") {
                guard let end = pattern[index...].firstIndex(of: UInt8(ascii: ")")) else {
                    throw syntax(.missingCommentEnd, at: index)
                }
                index = end + 1
            } else if flags.isExtended, ByteSet.space.contains(pattern[index]) {
                index += 1
            } else if flags.isExtended, peek("#") {
                index = pattern[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? pattern.count
            } else {
                return
            }
        }
    }
}

extension PatternParser {
    /// Whether the text goes on with `literal`.
    func peek(_ literal: String) -> Bool { pattern[index...].starts(with: literal.utf8) }

    /// Consumes `literal` if the text goes on with it.
    mutating func take(_ literal: String) -> Bool {
        guard peek(literal) else { return false }
        index += literal.utf8.count
        return true
    }

    func syntax(_ reason: PatternError.SyntaxReason, at offset: Int) -> PatternError {
        .syntax(offset: offset, reason: reason)
    }
}
