// The master's look at a generation before workers are told of it: what they will open is opened, and what lets
// them be fast is held against what would be slow.

internal import Automata
internal import Bytes
internal import Inspection
internal import Pipeline
internal import RuleStore

/// Opens a sealed generation as a worker does and judges sample requests with each rule set, once by the
/// compiled plan and once without its gates, memory and opening: the same rules must match with the same log.
package enum GenerationCheck {
    /// A fault of the compiler: the generation is not to be published.
    package struct Failure: Error, Equatable, CustomStringConvertible {
        package var description: String
    }

    /// What was looked at.
    package struct Summary: Equatable, Sendable {
        package var requests = 0
        package var matches = 0
    }

    /// - Parameter descriptor: Of the sealed file.
    package static func run(descriptor: Int32) throws(Failure) -> Summary {
        let generation: ActiveGeneration
        let sets: [RuleSet]
        do {
            let snapshot = try Snapshot(descriptor: descriptor)
            generation = try ActiveGeneration(snapshot, sharing: CheckSharing())
            sets = try (0..<generation.policy.ruleSetCount).map {
                try RuleSet(validating: snapshot.ruleSet($0))
            }
        } catch {
            throw Failure(description: "the generation can not be opened: \(error)")
        }
        var summary = Summary()
        for (number, rules) in sets.enumerated() { try check(rules, number, &summary) }
        withExtendedLifetime(generation) {}
        return summary
    }

    /// Nothing is counted: stages are made, and not run.
    private final class CheckSharing: StageSharing, StageMeter, StageBans {
        func meter(_ setting: MeterSetting) -> (any StageMeter)? { self }
        func bans(dictionary: String?) -> (any StageBans)? { self }
        func ask(_ key: ByteView) -> MeterAnswer { .admitted }
        func contains(_ key: ByteView) -> Bool { false }
        func ban(_ key: ByteView, seconds: Int) {}
    }

    private static func check(_ rules: RuleSet, _ number: Int, _ summary: inout Summary) throws(Failure) {
        let matcher = PatternMatcher()
        let planned = Transaction(scratch: EvaluationScratch(matcher: matcher))
        let plainScratch = EvaluationScratch(matcher: matcher)
        plainScratch.usesGates = false
        let plain = Transaction(scratch: plainScratch)
        for request in CheckTraffic.requests {
            let expected = judge(request, plain, rules)
            let found = judge(request, planned, rules)
            summary.requests += 1
            summary.matches += expected.split(separator: "\n").count
            guard expected == found else {
                throw Failure(
                    description:
                        "rule set \(number): its plan and its rules differ on the sample \"\(request.name)\": "
                        + difference(expected, found))
            }
        }
    }

    /// The first line that one of them lacks.
    private static func difference(_ expected: String, _ found: String) -> String {
        let (left, right) = (expected.split(separator: "\n"), found.split(separator: "\n"))
        let place = zip(left, right).prefix { $0 == $1 }.count
        let (wanted, got) = (place < left.count ? left[place] : "", place < right.count ? right[place] : "")
        return "expected \"\(wanted.prefix(400))\", found \"\(got.prefix(400))\""
    }

    /// All phases that need no answer of an upstream, in DetectionOnly: every rule has its turn.
    private static func judge(_ request: CheckTraffic.Request, _ transaction: Transaction, _ rules: RuleSet)
        -> String
    {
        transaction.begin(
            rules: rules, isDetectOnly: true,
            connection: ConnectionFacts(
                remoteAddress: ByteView("192.0.2.1"), remotePort: 40_000,
                serverAddress: ByteView("192.0.2.2"),
                serverPort: 80, serverName: ByteView("www.example.com"), uniqueID: ByteView("check")))
        transaction.setRequestLine(
            line: request.line.view, method: request.method.view, target: request.target.view,
            protocolText: ByteView("HTTP/1.1"))
        for field in request.fields {
            transaction.addRequestHeader(name: field.name.view, value: field.value.view)
        }
        _ = transaction.evaluateRequestHeaders()
        _ = transaction.evaluateRequestBody(request.body?.view, isTruncated: false)
        transaction.setResponse(status: 200, protocolText: ByteView("HTTP/1.1"))
        transaction.addResponseHeader(name: ByteView("Content-Type"), value: ByteView("text/html"))
        _ = transaction.evaluateResponseHeaders()
        _ = transaction.evaluateResponseBody(CheckTraffic.page.view, isTruncated: false)
        transaction.evaluateLogging()
        let log = transaction.log.view.string
        transaction.log.removeAll(keepingCapacity: true)
        transaction.end()
        return log
    }
}
