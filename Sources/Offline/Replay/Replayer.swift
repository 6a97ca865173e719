// Captured exchanges under the rules, without a server.

internal import Automata
internal import Bytes
internal import Inspection

/// Runs one exchange after the other; what rules keep over requests is not kept.
package final class Replayer {
    let policy: OfflinePolicy
    let options: ReplayOptions
    let transaction: Transaction
    let recorder: MatchRecorder

    package init(_ policy: OfflinePolicy, _ options: ReplayOptions) {
        self.policy = policy
        self.options = options
        let scratch = EvaluationScratch(matcher: PatternMatcher())
        scratch.clock = options.clock
        // Gates keep most values from being tried at all: who wants to see them all goes without.
        scratch.usesGates = !options.recordsTests
        transaction = Transaction(scratch: scratch)
        recorder = MatchRecorder(recordsTests: options.recordsTests)
        transaction.recorder = recorder
    }

    package func replay(_ exchange: CapturedExchange) -> ReplayReport {
        withView(of: exchange.request) { request in
            withView(of: exchange.response ?? []) { response in
                var walk = ReplayWalk(
                    self, ReplayReport(
                        name: exchange.name, requestLine: "", client: options.clientAddress,
                        notes: exchange.notes))
                walk.run(request: request, response: exchange.response == nil ? nil : response)
                transaction.end()
                return walk.report
            }
        }
    }
}
