// Which rules of a list are shown.

/// What `rules list` was asked for; nil: everything.
package struct RuleFilter: Equatable, Sendable {
    package var ids: ClosedRange<UInt32>?
    package var phase: Int?
    /// Compared without regard to case; `*` at the end stands for any rest.
    package var tag: String?

    package init(ids: ClosedRange<UInt32>? = nil, phase: Int? = nil, tag: String? = nil) {
        self.ids = ids
        self.phase = phase
        self.tag = tag
    }

    /// `942100`, `942100-942999`; nil for anything else.
    package static func ids(_ text: String) -> ClosedRange<UInt32>? {
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt32($0) }
        guard let first = bounds.first, let low = first, bounds.count <= 2 else { return nil }
        guard bounds.count == 2 else { return low...low }
        guard let high = bounds[1], high >= low else { return nil }
        return low...high
    }

    package func admits(_ rule: RuleSummary) -> Bool {
        if let ids, !ids.contains(rule.id) { return false }
        if let phase, rule.phase != phase { return false }
        guard let tag else { return true }
        return rule.tags.contains { Self.matches(tag, $0) }
    }

    private static func matches(_ pattern: String, _ tag: String) -> Bool {
        let (pattern, tag) = (pattern.lowercased(), tag.lowercased())
        return pattern.hasSuffix("*") ? tag.hasPrefix(String(pattern.dropLast())) : pattern == tag
    }
}
