// A value that a rule has matched, before the rule acts.

internal import Bytes

/// Ordered as the rule names its variables, and within one as its members came.
struct PlannedMatch: Comparable {
    /// Number in the table of candidates; members of one variable are numbered as they came.
    var member: Int
    /// Number of the target record.
    var target: Int
    var value: ByteView
    /// Whether `value` is what the rule's transformations made of it.
    var isTransformed: Bool
    /// Whether the rule's operator has been asked.
    var isTested: Bool

    static func == (left: PlannedMatch, right: PlannedMatch) -> Bool {
        left.target == right.target && left.member == right.member
    }

    static func < (left: PlannedMatch, right: PlannedMatch) -> Bool {
        (left.target, left.member) < (right.target, right.member)
    }
}
