import Journal
import Testing

@Suite("Error log: the rate limit of each kind") struct RateLimitTests {
    static let most = JournalLimits.linesPerKindPerSecond

    private func write(_ count: Int, _ kind: LogKind, to recorded: RecordedLog) {
        for index in 0..<count { recorded.log.write(.error, kind, "\(kind.name) \(index)") }
    }

    @Test(arguments: LogKind.allCases.filter(\.isRateLimited)) func theLimit(_ kind: LogKind) {
        let recorded = RecordedLog()
        write(Self.most, kind, to: recorded)
        #expect(recorded.packets().count == Self.most)
        write(1, kind, to: recorded)
        #expect(recorded.packets().isEmpty)
        // Other kinds still write.
        for other in LogKind.allCases where other != kind {
            write(1, other, to: recorded)
            #expect(recorded.texts() == ["\(other.name) 0"])
        }
    }

    @Test func suppressedLinesAreReported() {
        let recorded = RecordedLog()
        write(Self.most + 7, .client, to: recorded)
        #expect(recorded.packets().count == Self.most)
        recorded.log.clock.set(unixSeconds: RecordedLog.start + 1)
        write(2, .client, to: recorded)
        let lines = recorded.packets()
        #expect(lines.count == 3)
        #expect(lines[0].contains("[warn]") && lines[0].hasSuffix("lines suppressed kind=client count=7\n"))
        #expect(lines[1].hasSuffix("client 0\n"))
    }

    @Test func aTimerReportsWhatNoLineFollows() {
        let recorded = RecordedLog()
        write(Self.most + 1, .upstream, to: recorded)
        write(Self.most + 3, .webSocket, to: recorded)
        _ = recorded.packets()
        recorded.log.reportSuppressed()
        #expect(
            recorded.texts() == [
                "lines suppressed kind=upstream count=1", "lines suppressed kind=websocket count=3",
            ])
        recorded.log.reportSuppressed()
        #expect(recorded.packets().isEmpty)
    }

    /// fail2ban and its like count these lines.
    @Test func matchedRulesAreExempt() {
        let recorded = RecordedLog()
        var seen = 0
        for _ in 0..<20 {
            write(Self.most, .matchedRule, to: recorded)
            seen += recorded.packets().count
        }
        #expect(seen == 20 * Self.most)
    }

    @Test func aLineBelowTheLevelTakesNoShare() {
        let recorded = RecordedLog(level: .error)
        for _ in 0..<10 * Self.most { recorded.log.write(.debug, .client, "x") }
        write(1, .client, to: recorded)
        #expect(recorded.texts() == ["client 0"])
    }

    @Test(arguments: [-3_600, -1, 1, 3_600]) func anyOtherSecondIsANewOne(step: Int) {
        let recorded = RecordedLog()
        write(Self.most, .client, to: recorded)
        recorded.log.clock.set(unixSeconds: RecordedLog.start + step)
        write(Self.most, .client, to: recorded)
        #expect(recorded.packets().count == 2 * Self.most)
    }
}
