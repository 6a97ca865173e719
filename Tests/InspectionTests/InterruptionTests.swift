// An evaluation that is interrupted at every step, others being judged meanwhile, comes to the same.

import Automata
import Bytes
import Inspection
import Testing

@Suite("Interrupted evaluations", .enabled(if: ConformanceKit.isPresent)) struct InterruptionTests {
    /// Runs `between` at every `stride`th place where an evaluation may be interrupted.
    private static func interrupt(_ harness: Harness, stride: Int, _ between: @escaping () -> Void) -> () ->
        Int
    {
        let spare = EvaluationScratch(matcher: PatternMatcher())
        var (places, interruptions) = (0, 0)
        var isBetween = false
        harness.scratch.pausePoint = {
            guard !isBetween else { return }
            places += 1
            guard places % stride == 0 else { return }
            interruptions += 1
            isBetween = true
            harness.scratch.trade(with: spare)
            between()
            harness.scratch.trade(with: spare)
            isBetween = false
        }
        return { interruptions }
    }

    /// Judges an attack in another transaction.
    private static func attack(_ harness: Harness) -> (Transaction) -> Void {
        let body = harness.view("a=%27+or+1%3D1--&b=<script>alert(1)</script>")
        let facts = harness.facts()
        let (line, method, target) = (
            harness.view("POST /?q=../../etc/passwd HTTP/1.1"), harness.view("POST"),
            harness.view("/?q=../../etc/passwd")
        )
        let (version, name, kind) = (
            harness.view("HTTP/1.1"), harness.view("Content-Type"),
            harness.view("application/x-www-form-urlencoded")
        )
        return { transaction in
            transaction.begin(rules: harness.rules, isDetectOnly: true, connection: facts)
            transaction.setRequestLine(line: line, method: method, target: target, protocolText: version)
            transaction.addRequestHeader(name: name, value: kind)
            _ = transaction.evaluateRequestHeaders()
            _ = transaction.evaluateRequestBody(body, isTruncated: false)
            transaction.log.removeAll(keepingCapacity: true)
            transaction.end()
        }
    }

    @Test(arguments: [1, 7, 61]) func sameOutcome(stride: Int) throws {
        let harness = try GateEquivalenceTests.harness()
        let plain = try GateEquivalenceTests.harness()
        let other = Transaction(scratch: harness.scratch)
        let between = Self.attack(harness)
        let interruptions = Self.interrupt(harness, stride: stride) { between(other) }
        let values = try GateEquivalenceTests.values()
        var (sent, lines) = (0, 0)
        var differences: [String] = []
        for index in Swift.stride(from: 0, to: values.count, by: stride == 1 ? 211 : 97) {
            for request in GateEquivalenceTests.requests(values[index]) {
                let left = harness.send(request)
                let right = plain.send(request)
                sent += 1
                lines += left.matches.count
                guard left.log != right.log || left.verdict != right.verdict else { continue }
                differences.append("\(request.target) \(String(decoding: values[index], as: UTF8.self))")
            }
        }
        #expect(differences.prefix(5) == [])
        #expect(sent > 45 && lines > 500 && interruptions() > 5 * sent / stride)
    }

    @Test func abandonedPhaseEndsAndTheNextRequestIsJudged() throws {
        let harness = try GateEquivalenceTests.harness()
        var places = 0
        harness.scratch.pausePoint = {
            places += 1
            if places == 40 { harness.transaction.abandonPhase() }
        }
        let attack = GateEquivalenceTests.requests(Array("' or 1=1-- <script>alert(1)</script>".utf8))[0]
        let cut = harness.send(attack)
        let whole = harness.send(attack)
        #expect(cut.matches.count < whole.matches.count)
        #expect(whole.matches.contains { $0.hasPrefix("942100 ") })
    }
}
