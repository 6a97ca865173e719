// What the operator reads.

extension RuleError.Reason {
    package var text: String {
        switch self {
        case .unreadableFile(let path): "can not read `\(path)`"
        case .noFileMatches(let pattern): "no file matches `\(pattern)`"
        case .includedTooDeep(let limit): "Include goes more than \(limit) files deep"
        case .includedInItself(let path): "`\(path)` includes itself"

        case .missingClosingQuote(let quote): "missing closing quote `\(quote)`"
        case .textBehindQuote:
            "text right behind a closing quote; a quote inside an argument is written `\\\"`"
        case .wrongArgumentCount(let directive, let expected, let found):
            "\(directive) takes \(Self.argumentCount(expected)), found \(found)"
        case .invalidValue(let name, let found, let expected):
            "invalid value `\(found)` of \(name), expected \(expected)"

        case .unknown(let word, let name, let closest):
            "unknown \(word.rawValue) `\(name)`" + (closest.map { ", did you mean `\($0)`?" } ?? "")
        case .unsupported(let word, let name, let why):
            "\(word.rawValue) `\(name)` is not supported: \(why)"

        case .missingVariable: "expected a variable"
        case .onlyExclusions: "the variables exclude everything: nothing is left to inspect"
        case .countedExclusion: "`!` and `&` can not be combined"
        case .missingSelector(let name): "expected a key or /pattern/ behind `\(name):`"
        case .missingClosingSlash: "missing closing `/` of a pattern"
        case .textBehindVariable: "expected `|` or the end of the variables"
        case .invalidPath: "invalid XPath expression"
        case .notACollection(let name): "`\(name)` is a single value and has no keys"

        case .missingOperatorName: "expected the name of an operator behind `@`"
        case .missingOperatorArgument(let name): "operator `\(name)` needs an argument"
        case .invalidPattern(let why): "invalid pattern: \(why)"
        case .macroInPattern(let macro):
            "macro `\(macro)` in a pattern is not supported; write `%\\{` to match the text itself"
        case .invalidAddress(let item):
            "invalid address `\(item)`, expected an IPv4 or IPv6 address, with or without `/bits`"

        case .invalidAddressInFile(let item, let file, let line):
            "invalid address `\(item)` in line \(line) of `\(file)`"

        case .invalidDatabase(let file): "`\(file)` is no MaxMind DB file"
        case .invalidGrammar(let kind, let file):
            "`\(file)` is no \(kind), or refers to another file, which is not read"
        case .substitutionTargets:
            "operator `rsub` takes STREAM_INPUT_BODY in phase 2 or STREAM_OUTPUT_BODY in phase 4, alone"

        case .missingAction: "expected an action"
        case .textBehindAction: "expected `,` or the end of the actions"
        case .missingActionValue(let name): "action `\(name)` needs a value"
        case .unexpectedActionValue(let name): "action `\(name)` takes no value"
        case .malformedAssignment:
            "malformed setvar, expected `collection.name`, `!collection.name` or `collection.name=value`"
        case .missingRuleID: "a rule needs an id"
        case .duplicateRuleID(let id, let first): "rule id \(id) is already used at \(first)"
        case .notInDefaultAction(let name): "action `\(name)` can not be a default"
        case .notInUpdate(let name): "action `\(name)` can not be changed by an update"
        case .defaultActionWithoutPhase: "SecDefaultAction needs a phase"
        case .defaultActionWithoutDisruption:
            "SecDefaultAction needs a disruptive action other than block"

        case .onlyOnChainStarter(let name): "action `\(name)` may only stand on the first rule of a chain"
        case .unfinishedChain: "the file ends inside the chain that begins here"
        case .chainInterrupted(let name): "\(name) stands inside an unfinished chain"
        }
    }

    private static func argumentCount(_ expected: ClosedRange<Int>) -> String {
        let (low, high) = (expected.lowerBound, expected.upperBound)
        if high == Int.max { return "at least \(low) argument\(low == 1 ? "" : "s")" }
        if low == high { return low == 0 ? "no arguments" : "\(low) argument\(low == 1 ? "" : "s")" }
        return "\(low) to \(high) arguments"
    }
}
