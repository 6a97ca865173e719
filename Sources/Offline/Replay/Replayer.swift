// Captured exchanges under the rules, without a server.

internal import Automata
internal import Bytes
internal import Inspection
internal import Pipeline
internal import RuleStore
internal import SharedDictionary

/// Runs one exchange after the other. Persistent collections hold from one to the next, in memory of the
/// replayer's own: a run begins with none.
package final class Replayer {
    let policy: OfflinePolicy
    let options: ReplayOptions
    let transaction: Transaction
    let recorder: MatchRecorder
    /// For the messages of a WebSocket, while the handshake's is kept.
    let messageTransaction: Transaction

    /// As much as `shared_dict collections` has unless set otherwise.
    private static let collectionBytes = 16 << 20

    package init(_ policy: OfflinePolicy, _ options: ReplayOptions) {
        self.policy = policy
        self.options = options
        let scratch = EvaluationScratch(matcher: PatternMatcher())
        scratch.clock = options.clock
        // Where there is no room for it rules see no collections, as without a dictionary.
        if let file = try? TableFile(
            bytes: Self.collectionBytes, shape: .texts, writerCount: 1, seed: .random())
        {
            scratch.records = try? EntryTable(descriptor: file.descriptor, writer: 0)
        }
        // Gates keep most values from being tried at all: who wants to see them all goes without.
        scratch.usesGates = !options.recordsTests
        transaction = Transaction(scratch: scratch)
        messageTransaction = Transaction(scratch: scratch)
        recorder = MatchRecorder(recordsTests: options.recordsTests)
        transaction.recorder = recorder
    }

    /// That of the options, else that of the location.
    func pipeline(of settings: LocationSettings) -> AttachedPipeline? {
        if let name = options.pipeline { return policy.pipelines.first { $0.name == name } }
        return settings.pipeline.map { policy.pipelines[$0] }
    }

    package func replay(_ exchange: CapturedExchange) -> ReplayReport {
        withView(of: exchange.request) { request in
            withView(of: exchange.response ?? []) { response in
                var walk = ReplayWalk(
                    self,
                    ReplayReport(
                        name: exchange.name, requestLine: "", client: options.clientAddress,
                        notes: exchange.notes))
                walk.run(
                    request: request, response: exchange.response == nil ? nil : response,
                    messages: exchange.messages)
                transaction.end()
                return walk.report
            }
        }
    }
}
