// Transactions to use again: their memory stays warm.

internal import Automata
internal import Inspection
internal import SharedDictionary

/// The idle transactions of a worker.
final class TransactionPool {
    /// Buffers of the evaluation that is running; there is only ever one.
    private let scratch: EvaluationScratch
    /// Those that take long.
    let evaluations: EvaluationDesk
    private var idle: [Transaction] = []
    /// More than so many idle ones are let go.
    private static let keptTransactions = 64

    init(matcher: PatternMatcher, records: EntryTable?) {
        scratch = EvaluationScratch(matcher: matcher)
        scratch.records = records
        evaluations = EvaluationDesk(scratch: scratch, matcher: matcher)
    }

    /// The time that rules see from now on.
    func setClock(_ clock: EngineClock) { scratch.clock = clock }

    /// To be called when a generation's rule sets go away.
    func forgetPlans() { scratch.forgetPlans() }

    func take() -> Transaction { idle.popLast() ?? Transaction(scratch: scratch) }

    /// One that has held much is let go, and what its evaluation needed with it: a form of a thousand fields
    /// would cost every connection its memory from then on.
    func give(back transaction: Transaction) {
        let heldMuch = transaction.holdsMuch
        transaction.end()
        if heldMuch {
            scratch.shrink()
        } else if idle.count < Self.keptTransactions {
            idle.append(transaction)
        }
    }
}
