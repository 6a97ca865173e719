// What is told of a rule that matched, and of what it set.

package import Bytes
package import RuleStore

/// One match of one link of a chain. Views are valid until the transaction ends or begins anew.
package struct RuleMatch: Sendable {
    /// Index of the chain's first rule in the rule set.
    package var starter: Int
    /// Index of the link that matched.
    package var link: Int
    package var plan: RulePlan
    /// nil for a SecAction.
    package var variable: VariableName?
    /// The member's name as sent; nil for single values and counts.
    package var key: ByteView?
    /// After transformations; not more than `InspectionLimits.matchedValueBytes` of it where the
    /// transaction keeps no transformed values any more.
    package var value: ByteView
    /// What the link's actions set because of this match, in `MatchRecorder.assignments`.
    package var assignments: Range<Int>
    /// Whether the whole chain matched with it. Earlier links are told of before it is known.
    package var isLastLink: Bool
    /// The starter's msg and logdata, macros expanded; empty before the last link.
    package var message: ByteView
    package var logData: ByteView
    /// Whether the disruptive action is done, rather than noted or none.
    package var isEnforced: Bool
}

/// One change of a variable by setvar.
package struct RecordedAssignment: Sendable {
    package var collection: VariableName
    package var name: ByteView
    package var kind: AssignmentDraft.Kind
    /// nil: was absent.
    package var before: ByteView?
    /// nil: is absent now.
    package var after: ByteView?
}

/// One value that a rule was tried on.
package struct RuleTest: Sendable {
    /// Index of the link.
    package var link: Int
    package var plan: RulePlan
    package var variable: VariableName
    package var key: ByteView?
    /// After transformations.
    package var value: ByteView
    /// What the rule said, `!` included.
    package var hasMatched: Bool
}
