// Why a pattern is refused.

/// A refusal. Offsets count bytes from the pattern's start.
package enum PatternError: Error, Equatable, Sendable {
    /// PCRE would refuse it too.
    case syntax(offset: Int, reason: SyntaxReason)
    /// PCRE knows the construct, a finite automaton can not express it.
    case notRegular(offset: Int, construct: Construct)
    /// More than a limit of ``PatternLimits`` allows.
    case tooLarge(what: Measure, limit: Int)

    package enum SyntaxReason: Equatable, Sendable {
        case nothingToRepeat
        case repeatCountTooLarge
        case repeatCountsOutOfOrder
        case missingClosingParenthesis
        case unmatchedClosingParenthesis
        case missingClosingBracket
        case rangeOutOfOrder
        case invalidRange
        case unknownPOSIXClass
        case unsupportedCollatingElement
        case namedClassOutsideBrackets
        case escapeAtEnd
        case unknownEscape
        case escapeInvalidInClass
        case invalidHexadecimalEscape
        case invalidOctalEscape
        case invalidControlEscape
        case valueAboveByte
        case unknownGroupOption
        case invalidGroupName
        case duplicateGroupName
        case missingCommentEnd
    }

    package enum Construct: Equatable, Sendable {
        case possessiveQuantifier
        case atomicGroup
        case lookaround
        case backreference
        case recursion
        case conditional
        case branchReset
        case verb
        case callout
        case matchStartReset
        case startOfSearch
        case unicodeProperty
    }

    package enum Measure: Equatable, Sendable {
        case patternBytes
        case nestingDepth
        case instructions
        case groups
        case emptyLoopDepth
    }
}

extension PatternError.SyntaxReason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nothingToRepeat: "quantifier does not follow a repeatable item"
        case .repeatCountTooLarge: "number too big in {} quantifier"
        case .repeatCountsOutOfOrder: "numbers out of order in {} quantifier"
        case .missingClosingParenthesis: "missing closing parenthesis"
        case .unmatchedClosingParenthesis: "unmatched closing parenthesis"
        case .missingClosingBracket: "missing terminating ] for character class"
        case .rangeOutOfOrder: "range out of order in character class"
        case .invalidRange: "invalid range in character class"
        case .unknownPOSIXClass: "unknown POSIX class name"
        case .unsupportedCollatingElement: "POSIX collating elements are not supported"
        case .namedClassOutsideBrackets: "POSIX named classes are supported only within a class"
        case .escapeAtEnd: "\\ at end of pattern"
        case .unknownEscape: "unrecognized character follows \\"
        case .escapeInvalidInClass: "escape sequence is invalid in character class"
        case .invalidHexadecimalEscape: "invalid hexadecimal escape"
        case .invalidOctalEscape: "invalid octal escape"
        case .invalidControlEscape: "\\c must be followed by a printable ASCII character"
        case .valueAboveByte: "value of an escape does not fit a byte"
        case .unknownGroupOption: "unrecognized character after (? or (?-"
        case .invalidGroupName: "invalid group name"
        case .duplicateGroupName: "two groups have the same name"
        case .missingCommentEnd: "missing ) after (?# comment"
        }
    }
}

extension PatternError.Construct: CustomStringConvertible {
    package var description: String {
        switch self {
        case .possessiveQuantifier: "possessive quantifier"
        case .atomicGroup: "atomic group"
        case .lookaround: "lookaround"
        case .backreference: "back reference"
        case .recursion: "recursion"
        case .conditional: "conditional group"
        case .branchReset: "branch reset group"
        case .verb: "backtracking verb"
        case .callout: "callout"
        case .matchStartReset: "\\K"
        case .startOfSearch: "\\G"
        case .unicodeProperty: "Unicode property"
        }
    }
}

extension PatternError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .syntax(let offset, let reason): "\(reason) at byte \(offset)"
        case .notRegular(let offset, let construct): "\(construct) at byte \(offset) is not regular"
        case .tooLarge(let measure, let limit):
            switch measure {
            case .patternBytes: "pattern is longer than \(limit) bytes"
            case .nestingDepth: "groups are nested more than \(limit) deep"
            case .instructions: "pattern needs more than \(limit) instructions"
            case .groups: "pattern has more than \(limit) capturing groups"
            case .emptyLoopDepth: "loops that can match nothing are nested more than \(limit) deep"
            }
        }
    }
}
