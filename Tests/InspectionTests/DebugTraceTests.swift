// The lines of the debug log, within their bounds.

import Bytes
import RuleStore
import Testing

@testable import Inspection

@Suite("Debug log of a transaction") struct DebugTraceTests {
    @Test func bounded() {
        var trace = DebugTrace()
        trace.level = 3
        trace.line(4) { $0.append("above the level") }
        let wasEmpty = trace.isEmpty
        #expect(wasEmpty)
        let line = String(repeating: "x", count: 1_022)
        for _ in 0..<(DebugTrace.mostBytes / 1_024) { trace.line(3) { $0.append(line) } }
        let full = (trace.lines.count, trace.omittedLines)
        #expect(full == (DebugTrace.mostBytes, 0))
        trace.line(1) { $0.append("one more") }
        let past = (trace.lines.count, trace.omittedLines)
        #expect(past == (DebugTrace.mostBytes, 1))
        trace.removeLines()
        let after = (trace.isEmpty, trace.level)
        #expect(after == (true, 3))
    }

    @Test("what stops a transaction is told of at level 1") func interceptions() throws {
        for (disruption, words) in [
            (Disruption.deny, "1Access denied with code 418 (phase 1)."),
            (.drop, "1Access denied with connection close (phase 1)."),
            (.redirect, "1Access denied with redirection (phase 1)."),
        ] {
            var rules = DraftBuilder()
            rules.action(7, phase: 1) { rule in
                rule.disruption = disruption
                rule.status = 418
                rule.message = .parsing("no")
                rule.location = .parsing("http://other.test/")
            }
            rules.draft.settings.debugLogLevel = 1
            let harness = try Harness(rules.draft)
            harness.transaction.begin(
                rules: harness.rules, isDetectOnly: false, connection: harness.facts(), hasDebugLog: true)
            _ = harness.transaction.evaluateRequestHeaders()
            #expect(harness.transaction.debug.lines.string == words + " [id \"7\"] [msg \"no\"]\n")
            harness.transaction.end()
        }
    }
}
