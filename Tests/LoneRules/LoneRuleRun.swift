// Runs a rule alone and tells what it took.

import Automata
import Bytes
import Glibc
import Inspection
import RuleStore

/// An engine that knows one rule.
package final class LoneRuleRun {
    package struct Cost: Sendable {
        /// Of the thread, all phases.
        package var nanoseconds: UInt64
        /// Bytes that the matcher passed and instructions that it visited.
        package var steps: UInt64
    }

    private var blob = ByteBuffer()
    private let rules: RuleSet
    private let matcher = PatternMatcher()
    private let transaction: Transaction
    private let arena = Arena()

    package init(_ rule: LoneRule) throws {
        blob.append(contentsOf: RuleSetEncoder.encode(rule.draft))
        rules = try RuleSet(validating: blob.view)
        let scratch = EvaluationScratch(matcher: matcher)
        // No gate: the rule looks at every value, as it would at one that gets through.
        scratch.usesGates = false
        scratch.usesMemo = false
        transaction = Transaction(scratch: scratch)
    }

    /// - Parameter isCold: Whether the matcher has to work out its states anew.
    package func run(_ request: HostileRequest, isCold: Bool) -> Cost {
        if isCold { matcher.forgetAll() }
        arena.reset()
        let before = matcher.statistics
        let used = evaluate(request)
        transaction.log.removeAll(keepingCapacity: true)
        transaction.end()
        let after = matcher.statistics
        return Cost(nanoseconds: used, steps: after.hits - before.hits + after.steps - before.steps)
    }

    private func view(_ bytes: [UInt8]) -> ByteView {
        arena.fill(upTo: bytes.count) { output in for byte in bytes { output.append(byte) } }
    }

    private func evaluate(_ request: HostileRequest) -> UInt64 {
        let (method, target, version) = (view(request.method), view(request.target), view(request.version))
        let line = view(request.method + [0x20] + request.target + [0x20] + request.version)
        let fields = request.fields.map { (view($0.name), view($0.value)) }
        let body = request.body.isEmpty ? nil : view(request.body)
        let answerFields = request.answerFields.map { (view($0.name), view($0.value)) }
        let answer = view(request.answer)
        let facts = ConnectionFacts(
            remoteAddress: ByteView("127.0.0.1"), remotePort: 50_000, serverAddress: ByteView("127.0.0.2"),
            serverPort: 8_080, serverName: ByteView("localhost"), uniqueID: ByteView("unique-0001"))
        let start = Self.cpuNanoseconds()
        transaction.begin(rules: rules, isDetectOnly: true, connection: facts)
        transaction.setRequestLine(line: line, method: method, target: target, protocolText: version)
        for (name, value) in fields { transaction.addRequestHeader(name: name, value: value) }
        _ = transaction.evaluateRequestHeaders()
        _ = transaction.evaluateRequestBody(transaction.needsRequestBody ? body : nil, isTruncated: false)
        transaction.setResponse(status: 200, protocolText: ByteView("HTTP/1.1"))
        for (name, value) in answerFields { transaction.addResponseHeader(name: name, value: value) }
        _ = transaction.evaluateResponseHeaders()
        let isHeld = transaction.needsResponseBody(contentType: ByteView("text/html"))
        _ = transaction.evaluateResponseBody(isHeld ? answer : nil, isTruncated: false)
        transaction.evaluateLogging()
        return Self.cpuNanoseconds() - start
    }

    private static func cpuNanoseconds() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
