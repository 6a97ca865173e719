// Rule sets put together by hand, without rule text.

import Automata
import Foundation
import RuleStore

/// Collects rules and the programs that they need.
struct DraftBuilder {
    var draft = RuleSetDraft()

    mutating func program(_ kind: ProgramDraft.Kind, _ bytes: [UInt8]) -> Int {
        let program = ProgramDraft(kind: kind, bytes: bytes)
        if let known = draft.programs.firstIndex(of: program) { return known }
        draft.programs.append(program)
        return draft.programs.count - 1
    }

    mutating func rx(_ pattern: String, isNegated: Bool = false) throws -> OperatorDraft {
        var test = OperatorDraft(name: .rx)
        test.isNegated = isNegated
        test.argument = MacroText(literal: pattern)
        test.program = program(.pattern, try PatternCompiler.compile(Array(pattern.utf8)))
        return test
    }

    mutating func phrases(_ phrases: [String]) -> OperatorDraft {
        var test = OperatorDraft(name: .pm)
        test.argument = MacroText(literal: phrases.joined(separator: " "))
        test.program = program(.phrases, PhraseCompiler.compile(phrases.map { Array($0.utf8) }))
        return test
    }

    mutating func addresses(_ items: [String], isNegated: Bool = false) throws -> OperatorDraft {
        var test = OperatorDraft(name: .ipMatch)
        test.isNegated = isNegated
        test.program = program(.addresses, try AddressCompiler.compile(items))
        return test
    }

    /// A selector `/pattern/`: names compare without regard to case.
    mutating func selector(_ pattern: String) throws -> TargetDraft.Selector {
        let options = PatternOptions(isCaseless: true)
        return .pattern(
            program: program(.pattern, try PatternCompiler.compile(Array(pattern.utf8), options: options)))
    }

    /// A rule; `change` sets what is particular to it.
    mutating func rule(
        _ id: UInt32, phase: UInt32 = 2, _ targets: [TargetDraft], _ test: OperatorDraft,
        _ change: (inout RuleDraft) -> Void = { _ in }
    ) {
        var rule = RuleDraft()
        rule.id = id
        rule.phase = phase
        rule.targets = targets
        rule.test = test
        rule.file = "test.conf"
        rule.line = UInt32(draft.rules.count + 1)
        change(&rule)
        draft.rules.append(rule)
    }

    mutating func action(
        _ id: UInt32, phase: UInt32 = 2, _ change: (inout RuleDraft) -> Void = { _ in }
    ) {
        rule(id, phase: phase, [], OperatorDraft(name: .unconditionalMatch)) { rule in
            rule.kind = .action
            change(&rule)
        }
    }

    mutating func marker(_ name: String) {
        var rule = RuleDraft()
        rule.kind = .marker
        rule.markerName = name
        draft.rules.append(rule)
    }
}

extension OperatorDraft {
    /// An operator that compares with a text.
    static func text(_ name: OperatorName, _ argument: String, isNegated: Bool = false) -> OperatorDraft {
        var test = OperatorDraft(name: name)
        test.isNegated = isNegated
        test.argument = .parsing(argument)
        return test
    }
}

extension TargetDraft {
    static func all(_ variable: VariableName) -> TargetDraft { TargetDraft(variable: variable) }
    static func key(_ variable: VariableName, _ key: String) -> TargetDraft {
        TargetDraft(variable: variable, selector: .key(Array(key.utf8)))
    }
    var counted: TargetDraft {
        var target = self
        target.isCounted = true
        return target
    }
    var excluded: TargetDraft {
        var target = self
        target.isExcluded = true
        return target
    }
}

extension MacroText {
    /// `%{NAME.key}` of known names; anything else is text.
    static func parsing(_ text: String) -> MacroText {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.range(of: "%{"), let close = rest[open.upperBound...].firstIndex(of: "}") {
            let name = rest[open.upperBound..<close].split(separator: ".", maxSplits: 1)
            if open.lowerBound > rest.startIndex {
                parts.append(.literal(Array(rest[..<open.lowerBound].utf8)))
            }
            parts.append(
                .variable(
                    VariableName.named(String(name[0]))!, key: name.count > 1 ? Array(name[1].utf8) : nil))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(Array(rest.utf8))) }
        return MacroText(parts: parts)
    }
}

extension AssignmentDraft {
    /// `name=value`, `name=+1`, `name=-1`, `!name`.
    static func parsing(_ text: String) -> AssignmentDraft {
        if text.hasPrefix("!") {
            return AssignmentDraft(
                collection: .tx, name: .parsing(String(text.dropFirst())), kind: .remove,
                value: MacroText(parts: []))
        }
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = MacroText.parsing(String(sides[0]))
        guard sides.count > 1 else {
            return AssignmentDraft(collection: .tx, name: name, kind: .set, value: .parsing("1"))
        }
        let kind: Kind =
            switch sides[1].first {
            case "+": .add
            case "-": .subtract
            default: .set
            }
        let value = kind == .set ? String(sides[1]) : String(sides[1].dropFirst())
        return AssignmentDraft(collection: .tx, name: name, kind: kind, value: .parsing(value))
    }
}

extension ActionDraft {
    /// A setvar as `AssignmentDraft.parsing` reads it.
    static func setting(_ text: String) -> ActionDraft { .assign(.parsing(text)) }
}
