// Notes of what rules matched, for reports on a single transaction.

internal import Bytes

/// Told of every match of the transactions that it is given to; a transaction without one pays a
/// comparison for each match. Forgets everything when its transaction begins anew or ends.
package final class MatchRecorder {
    /// Whether values that did not match are noted, too; those that gates ruled out before are not
    /// (`EvaluationScratch.usesGates`).
    package let recordsTests: Bool
    package private(set) var matches: ContiguousArray<RuleMatch> = []
    package private(set) var assignments: ContiguousArray<RecordedAssignment> = []
    package private(set) var tests: ContiguousArray<RuleTest> = []
    /// What was left out because of `InspectionLimits.recordedMatches` and `recordedTests`.
    package private(set) var omittedMatches = 0
    package private(set) var omittedTests = 0
    /// The first assignment that belongs to no match yet.
    private var firstAssignment = 0

    /// - Parameter recordsTests: Takes time and memory for each value of each rule.
    package init(recordsTests: Bool = false) { self.recordsTests = recordsTests }

    func removeAll() {
        matches.removeAll(keepingCapacity: true)
        assignments.removeAll(keepingCapacity: true)
        tests.removeAll(keepingCapacity: true)
        omittedMatches = 0
        omittedTests = 0
        firstAssignment = 0
    }

    /// Takes the assignments that were noted since the last match for those of this one.
    func add(_ match: RuleMatch, limit: Int) {
        guard matches.count < limit else {
            omittedMatches += 1
            assignments.removeSubrange(firstAssignment...)
            return
        }
        var match = match
        match.assignments = firstAssignment..<assignments.count
        firstAssignment = assignments.count
        matches.append(match)
    }

    func add(_ assignment: RecordedAssignment, limit: Int) {
        if assignments.count < limit { assignments.append(assignment) }
    }

    func add(_ test: RuleTest, limit: Int) {
        if tests.count < limit { tests.append(test) } else { omittedTests += 1 }
    }
}
