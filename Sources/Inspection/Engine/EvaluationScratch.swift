// What the transactions of a worker take turns in using while rules run.

package import Automata
internal import BodyFormats
internal import Bytes
package import SharedDictionary

/// Buffers of a running evaluation, shared by all transactions of a worker: nothing in here outlives
/// the call that evaluates a phase, so that a waiting transaction costs no more than its values.
package final class EvaluationScratch {
    let matcher: PatternMatcher
    /// Made at first use: few rule sets have patterns that need it.
    lazy var backtracking = BacktrackingMatcher(limits: limits)
    private let limits: BacktrackingLimits
    var expandedPatterns = ExpandedPatternCache()
    /// The values that the running rule looks at.
    var selection: ContiguousArray<SelectedValue> = []
    var cache = TransformationCache()
    var candidates = CandidateTable()
    var focuses = PlanFocusTable()
    /// Matches of the running rule that have not been acted on.
    var matches: ContiguousArray<PlannedMatch> = []
    /// Whether rules are tried only on values that get through their gates; turned off, each rule looks
    /// at every value, with the same outcome.
    package var usesGates = true
    /// Whether names and header values that come again are remembered (`ValueMemo`).
    package var usesMemo: Bool {
        get { candidates.usesMemo }
        set { candidates.usesMemo = newValue }
    }
    /// Nodes of the running rule's transformations, for multiMatch.
    var path: ContiguousArray<Int> = []
    /// Target records that ctl took away from the running rule.
    var removedTargets: ContiguousArray<Int> = []
    var xmlExpressions = XMLExpressionTable()
    /// The time that rules see; whoever runs transactions keeps it up to date.
    package var clock = EngineClock()
    /// Where persistent collections lie; without one initcol and its like open nothing.
    package var records: EntryTable?
    /// Capture groups of the last match.
    var groups: [Range<Int>?] = []
    /// Where texts with macros are put together.
    var text = ByteBuffer()
    /// Takes transformed values once a transaction keeps too many; reset after each value.
    var temporary = Arena()
    var messageDecoder = MessageDecoder()
    /// The last TX snapshot made; handshakes mostly end with the same one.
    var lastSnapshot: TransactionSnapshot?

    /// Called between two steps of an evaluation, often; may come back late, when others have been judged
    /// meanwhile. nil: the evaluation runs in one go.
    package var pausePoint: (() -> Void)?

    @inline(__always)
    func mayPause() { if let pausePoint { pausePoint() } }

    /// Changes places with another: an evaluation that is interrupted takes what it works on along. What is
    /// only kept to save work stays, as does what is known of the world.
    package func trade(with other: EvaluationScratch) {
        swap(&selection, &other.selection)
        swap(&cache, &other.cache)
        swap(&candidates, &other.candidates)
        swap(&matches, &other.matches)
        swap(&path, &other.path)
        swap(&removedTargets, &other.removedTargets)
        swap(&groups, &other.groups)
        swap(&text, &other.text)
        swap(&temporary, &other.temporary)
        swap(&messageDecoder, &other.messageDecoder)
    }

    /// Forgets what was learnt of plans: those of a generation that is gone are not asked for again.
    package func forgetPlans() { focuses.removeAll() }

    /// Gives back what an extraordinary request took; no evaluation is running.
    package func shrink() {
        selection = []
        matches = []
        cache = TransformationCache()
        candidates.shrink()
    }

    package init(matcher: PatternMatcher, backtrackingLimits: BacktrackingLimits = BacktrackingLimits()) {
        self.matcher = matcher
        limits = backtrackingLimits
    }
}
