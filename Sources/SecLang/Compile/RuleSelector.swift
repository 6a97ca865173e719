// Rules by id, tag or message: what removals and updates are about.

internal import RuleStore

/// Which rules a directive or a ctl means. A chain is meant as a whole, by its first rule.
struct RuleSelector {
    enum Kind { case id, tag, message }

    enum Criterion {
        case ids([ClosedRange<UInt32>])
        /// One of the rule's tags matches.
        case tag(TextPattern)
        case message(TextPattern)
    }

    var criterion: Criterion

    /// - Parameter rule: The first rule of a chain, or one without a chain.
    func selects(_ rule: RuleDraft) -> Bool {
        guard rule.kind != .marker else { return false }
        return switch criterion {
        case .ids(let ranges): ranges.contains { $0.contains(rule.id) }
        case .tag(let pattern): rule.tags.contains { pattern.matches($0.written) }
        case .message(let pattern): !rule.message.isEmpty && pattern.matches(rule.message.written)
        }
    }

    /// Indices of the selected rules with all links of their chains.
    func ranges(in rules: [RuleDraft]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for chain in RuleChains(rules) where selects(rules[chain.lowerBound]) {
            if let last = ranges.last, last.upperBound == chain.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<chain.upperBound
            } else {
                ranges.append(chain)
            }
        }
        return ranges
    }
}

/// The chains of a list of rules, one after the other; a rule or marker alone is one too.
struct RuleChains: Sequence, IteratorProtocol {
    private let rules: [RuleDraft]
    private var start = 0

    init(_ rules: [RuleDraft]) { self.rules = rules }

    mutating func next() -> Range<Int>? {
        guard start < rules.count else { return nil }
        var end = start + 1
        while end < rules.count, rules[end - 1].isChained { end += 1 }
        defer { start = end }
        return start..<end
    }
}

/// The selectors of a load that ctl actions name by number.
struct RuleSelectorPool {
    private var selectors: [RuleSelector] = []

    mutating func add(_ selector: RuleSelector) -> Int {
        selectors.append(selector)
        return selectors.count - 1
    }

    /// By number, once no rule comes or goes any more.
    func selections(of rules: [RuleDraft]) -> [[Range<Int>]] { selectors.map { $0.ranges(in: rules) } }
}

extension MacroText {
    /// The text with its macros as rule text has them.
    var written: [UInt8] {
        parts.flatMap { part in
            switch part {
            case .literal(let bytes): bytes
            case .variable(let variable, let key):
                Array("%{\(variable.spelling)".utf8) + (key.map { [UInt8(ascii: ".")] + $0 } ?? [])
                    + Array("}".utf8)
            }
        }
    }
}
