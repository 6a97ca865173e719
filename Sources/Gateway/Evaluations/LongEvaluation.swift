// A phase whose rules may take long: it is judged in turns, between the events of other connections.

internal import Inspection

/// One phase of one transaction, from its first turn to its verdict.
///
/// Whoever makes it keeps all that the transaction sees until the end, or cancels it.
final class LongEvaluation {
    let transaction: Transaction
    /// Runs the phase, on a stack of its own.
    let phase: (Transaction) -> Verdict
    /// Told once, between two events; not after a cancellation, nor when the first turn was enough.
    let ended: (Verdict) -> Void
    /// nil until then.
    private(set) var verdict: Verdict?

    init(
        _ transaction: Transaction, phase: @escaping (Transaction) -> Verdict,
        ended: @escaping (Verdict) -> Void
    ) {
        self.transaction = transaction
        self.phase = phase
        self.ended = ended
    }

    /// On the lane's stack.
    func run() { verdict = phase(transaction) }

    /// Whether so much to judge is better done in turns.
    static func isAdvised(bytes: Int) -> Bool { bytes > GatewayLimits.shortEvaluationBytes }
}
