// Groups: what stands behind an opening parenthesis.

internal import Bytes

extension PatternParser {
    /// The rest of a group; its opening parenthesis has been consumed.
    mutating func parseGroup(openedAt start: Int, depth: Int) throws(PatternError) -> Item {
        guard depth < limits.nestingDepth else {
            throw .tooLarge(what: .nestingDepth, limit: limits.nestingDepth)
        }
        if take("?") { return try parseSpecialGroup(openedAt: start, depth: depth) }
        if peek("*"), index + 1 < pattern.count,
            ASCII.isLetter(pattern[index + 1]) || pattern[index + 1] == UInt8(ascii: ":")
        {
            throw .notRegular(offset: start, construct: .verb)
        }
        if flags.capturesOnlyNamed { return try parseBody(openedAt: start, depth: depth) }
        return try parseCapture(openedAt: start, depth: depth)
    }

    private mutating func parseSpecialGroup(
        openedAt start: Int, depth: Int
    ) throws(PatternError) -> Item {
        guard index < pattern.count else { throw syntax(.missingClosingParenthesis, at: index) }
        let kind = pattern[index]
        index += 1
        switch kind {
        case UInt8(ascii: ":"): return try parseBody(openedAt: start, depth: depth)
        case UInt8(ascii: "<"):
            if peek("=") || peek("!") || peek("*") {
                throw .notRegular(offset: start, construct: .lookaround)
            }
            try parseName(closing: UInt8(ascii: ">"))
            return try parseCapture(openedAt: start, depth: depth)
        case UInt8(ascii: "'"):
            try parseName(closing: UInt8(ascii: "'"))
            return try parseCapture(openedAt: start, depth: depth)
        case UInt8(ascii: "P"):
            if take("<") {
                try parseName(closing: UInt8(ascii: ">"))
                return try parseCapture(openedAt: start, depth: depth)
            }
            if peek("=") { throw .notRegular(offset: start, construct: .backreference) }
            if peek(">") { throw .notRegular(offset: start, construct: .recursion) }
            throw syntax(.unknownGroupOption, at: index)
        default:
            if let construct = Self.irregularGroup(kind, isDigitNext: isDigitNext) {
                throw .notRegular(offset: start, construct: construct)
            }
            index -= 1
            return try parseFlags(openedAt: start, depth: depth)
        }
    }

    private var isDigitNext: Bool { index < pattern.count && ASCII.isDigit(pattern[index]) }

    /// What `(?` followed by `kind` means where an automaton can not follow.
    private static func irregularGroup(
        _ kind: UInt8, isDigitNext: Bool
    ) -> PatternError.Construct? {
        switch kind {
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"): .lookaround
        case UInt8(ascii: ">"): .atomicGroup
        case UInt8(ascii: "|"): .branchReset
        case UInt8(ascii: "("): .conditional
        case UInt8(ascii: "C"): .callout
        case UInt8(ascii: "R"), UInt8(ascii: "&"), UInt8(ascii: "0")...UInt8(ascii: "9"): .recursion
        case UInt8(ascii: "+"): .recursion
        case UInt8(ascii: "-"): isDigitNext ? .recursion : nil
        default: nil
        }
    }

    /// Alternatives and the closing parenthesis. Flags set inside end here.
    private mutating func parseBody(openedAt start: Int, depth: Int) throws(PatternError) -> Item {
        let outer = flags
        let node = try parseAlternatives(depth: depth + 1)
        guard take(")") else { throw syntax(.missingClosingParenthesis, at: pattern.count) }
        flags = outer
        return Item(node: node)
    }

    private mutating func parseCapture(openedAt start: Int, depth: Int) throws(PatternError) -> Item {
        guard groupCount < limits.groups else {
            throw .tooLarge(what: .groups, limit: limits.groups)
        }
        groupCount += 1
        let number = groupCount
        let body = try parseBody(openedAt: start, depth: depth)
        return Item(node: .capture(number, body.node))
    }

    /// A group's name and the byte that ends it (PCRE2: at most 32 word characters, no digit first).
    private mutating func parseName(closing: UInt8) throws(PatternError) {
        let start = index
        while index < pattern.count, ByteSet.word.contains(pattern[index]) { index += 1 }
        let name = Array(pattern[start..<index])
        guard let first = name.first, !ASCII.isDigit(first), name.count <= 32,
            index < pattern.count, pattern[index] == closing
        else { throw syntax(.invalidGroupName, at: start) }
        index += 1
        guard groupNames.insert(name).inserted else {
            throw syntax(.duplicateGroupName, at: start)
        }
    }

    /// `(?flags)` for the rest of the group around it, `(?flags:...)` for a group of its own.
    private mutating func parseFlags(openedAt start: Int, depth: Int) throws(PatternError) -> Item {
        let outer = flags
        var isSetting = true
        var mayNegate = true
        if take("^") {
            (flags.isCaseless, flags.isMultiline, flags.dotMatchesAll) = (false, false, false)
            (flags.isExtended, flags.skipsBlanksInClasses) = (false, false)
            flags.capturesOnlyNamed = false
            mayNegate = false
        }
        while index < pattern.count {
            let letter = pattern[index]
            index += 1
            switch letter {
            case UInt8(ascii: ")"): return Item(node: .empty, isRepeatable: false)
            case UInt8(ascii: ":"):
                let body = try parseBody(openedAt: start, depth: depth)
                flags = outer
                return body
            case UInt8(ascii: "-"):
                guard mayNegate else { throw syntax(.unknownGroupOption, at: index - 1) }
                isSetting = false
                mayNegate = false
            default:
                guard set(flag: letter, to: isSetting) else {
                    throw syntax(.unknownGroupOption, at: index - 1)
                }
            }
        }
        throw syntax(.missingClosingParenthesis, at: pattern.count)
    }

    /// False for letters that are no flag.
    private mutating func set(flag letter: UInt8, to value: Bool) -> Bool {
        switch letter {
        case UInt8(ascii: "i"): flags.isCaseless = value
        case UInt8(ascii: "m"): flags.isMultiline = value
        case UInt8(ascii: "s"): flags.dotMatchesAll = value
        case UInt8(ascii: "n"): flags.capturesOnlyNamed = value
        case UInt8(ascii: "U"): flags.swapsGreed = value
        case UInt8(ascii: "J"): break
        case UInt8(ascii: "x"):
            flags.isExtended = value
            flags.skipsBlanksInClasses = take("x") && value
        default: return false
        }
        return true
    }
}
