// What a worker matches patterns with.

package import Bytes

/// Runs programs over subjects. One a worker; not for use by two threads at once.
///
/// Answers take time linear in the subject for every pattern, and no recursion. States of the
/// lazy DFA are kept for all programs together under one budget; beside it the matcher holds
/// scratch memory in proportion to the largest program.
package final class PatternMatcher {
    private var automaton: LazyAutomaton
    private var search = CaptureSearch()

    /// - Parameter budgetBytes: Memory for states; when it is used up all states go and are made
    ///   again as they are needed.
    package init(budgetBytes: Int = 1 << 20) {
        automaton = LazyAutomaton(budgetBytes: budgetBytes)
    }

    /// Whether `program` matches anywhere in `subject`.
    package func matches(_ program: PatternProgram, _ subject: ByteView) -> Bool {
        automaton.matches(program, subject)
    }

    /// Finds the match PCRE2 finds, with its groups. Slower than ``matches(_:_:)``: to be asked
    /// once that has said yes.
    ///
    /// - Parameters:
    ///   - subject: At most `Int32.max` bytes.
    ///   - ranges: Set to the match and its groups, `groupCount + 1` elements; nil for a group
    ///     that took no part, and all nil when there is no match.
    ///   - start: Where the search begins; what stands before it is seen by `\b` and `^`.
    package func captures(
        _ program: PatternProgram, _ subject: ByteView, into ranges: inout [Range<Int>?],
        startingAt start: Int = 0
    ) -> Bool {
        precondition(start >= 0 && start <= subject.count, "start outside the subject")
        precondition(subject.count < Int(Int32.max), "a subject's places are counted in 32 bits")
        ranges.removeAll(keepingCapacity: true)
        if start == 0, program.groupCount == 0, program.flags.contains(.spansText) {
            let isFound = automaton.matches(program, subject)
            ranges.append(isFound ? 0..<subject.count : nil)
            return isFound
        }
        let isFound =
            if let place = automaton.beginning(of: program, subject, from: start) {
                search.search(program, subject, from: place)
            } else {
                false
            }
        for group in 0...program.groupCount {
            ranges.append(isFound ? search.range(ofGroup: group) : nil)
        }
        return isFound
    }

    /// To be called when a generation's programs go away.
    package func forgetAll() { automaton.forgetAll() }

    package var statistics: MatcherStatistics {
        var statistics = automaton.statistics
        statistics.steps += search.steps
        return statistics
    }
}
