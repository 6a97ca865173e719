// WebSocket messages under the rules.

import Automata
import Bytes
import RuleStore
import Testing

@testable import Inspection

@Suite("WebSocket messages") struct MessageTests {
    static func harness() throws -> Harness {
        var rules = DraftBuilder()
        rules.action(901, phase: 1) {
            $0.logs = false
            $0.actions = [.setting("threshold=5"), .setting("critical=5"), .setting("score=0")]
        }
        rules.rule(920, phase: 1, [.key(.requestHeaders, "User-Agent")], .text(.contains, "bad")) {
            $0.logs = false
            $0.actions = [.setting("score=+%{tx.critical}")]
        }
        rules.rule(921, [.key(.requestHeaders, "User-Agent")], .text(.contains, "bad")) {
            $0.message = .parsing("handshake only")
        }
        rules.rule(942, [.all(.requestHeaders), .all(.args)], try rules.rx("(?i)union")) {
            $0.message = .parsing("%{MATCHED_VAR_NAME} %{REQUEST_HEADERS.User-Agent} %{REQUEST_URI}")
            $0.actions = [.setting("score=+%{tx.critical}")]
        }
        rules.rule(943, [.all(.requestBody)], .text(.contains, "chained")) {
            $0.isChained = true
            $0.message = .parsing("chain")
        }
        rules.rule(0, [.key(.requestCookies, "role")], .text(.streq, "admin"))
        rules.rule(949, [.key(.tx, "score")], .text(.ge, "%{tx.threshold}")) {
            $0.disruption = .deny
            $0.message = .parsing("score %{tx.score}")
        }
        rules.rule(950, phase: 4, [.all(.responseBody)], .text(.contains, "secret")) {
            $0.disruption = .deny
            $0.message = .parsing(
                "%{WS_DIRECTION} %{WS_OPCODE} %{WS_MESSAGE_INDEX} %{WS_MESSAGE_LENGTH} "
                    + "%{WS_FRAGMENTS} %{WS_COMPRESSED} %{WS_SUBPROTOCOL} %{WS_MESSAGE}")
        }
        return try Harness(rules.draft)
    }

    static func context(_ harness: Harness) -> MessageContext {
        var request = TestRequest("/chat?x=1")
        request.headers += [
            ("User-Agent", Array("bad browser".utf8)), ("Cookie", Array("role=admin; other=1".utf8)),
            ("X-Long", Array(repeating: 0x61, count: 4_000)),
        ]
        harness.begin(request)
        #expect(harness.transaction.evaluateRequestHeaders() == .pass)
        let context = harness.transaction.makeMessageContext()
        harness.transaction.end()
        return context
    }

    static func send(
        _ harness: Harness, _ context: MessageContext, _ payload: [UInt8],
        opcode: MessageFacts.Opcode = .text, direction: MessageFacts.Direction = .client,
        isDetectOnly: Bool = false
    ) -> TestOutcome {
        let verdict = harness.transaction.evaluateMessage(
            context: context,
            message: MessageFacts(
                opcode: opcode, direction: direction, index: 3, payload: harness.view(payload), fragments: 2,
                isCompressed: true, subprotocol: harness.view("soap")),
            rules: harness.rules, isDetectOnly: isDetectOnly)
        return TestOutcome(verdict: verdict, log: harness.takeLog())
    }

    @Test func aMessageIsJudgedByItself() throws {
        let harness = try Self.harness()
        let context = Self.context(harness)
        // The handshake's own score of 5 is gone, its headers are not matched again.
        #expect(Self.send(harness, context, Array("hello".utf8)).matches == [])
        let outcome = Self.send(harness, context, Array("1 UNION select".utf8))
        #expect(outcome.matches == ["942 ARGS:message bad browser /chat?x=1", "949 score 5"])
        #expect(outcome.verdict == Verdict(action: .deny, status: 403, ruleID: 949))
        #expect(outcome.log.contains("[hostname \"localhost\"] [uri \"/chat\"] [unique_id \"unique-0001\"]"))
        #expect(Self.send(harness, context, Array("hello".utf8)).verdict == .pass)
    }

    @Test func detectOnly() throws {
        let harness = try Self.harness()
        let outcome = Self.send(harness, Self.context(harness), Array("union".utf8), isDetectOnly: true)
        #expect(outcome.verdict == Verdict(action: .pass, status: 403, ruleID: 949, wouldDeny: true))
    }

    @Test func laterLinksReadTheHandshake() throws {
        let harness = try Self.harness()
        #expect(Self.send(harness, Self.context(harness), Array("is chained".utf8)).matches == ["943 chain"])
    }

    @Test func theServersMessages() throws {
        let harness = try Self.harness()
        let context = Self.context(harness)
        let outcome = Self.send(harness, context, Array("a secret".utf8), opcode: .binary, direction: .server)
        #expect(outcome.matches == ["950 server 2 3 8 2 1 soap a secret"])
        #expect(outcome.verdict.action == .deny)
        #expect(Self.send(harness, context, Array("union".utf8), direction: .server).matches == [])
    }

    @Test(
        "binary messages",
        arguments: [
            ("valid UTF-8 is text", Array("é union".utf8), ["ARGS:message"]),
            ("a run of 16 bytes", [0xFF] + Array("union select xxx".utf8) + [0xFE], ["ARGS:message"]),
            ("a run of 15 bytes", [0xFF] + Array("union select xx".utf8) + [0xFE], []),
            (
                "two runs",
                [0xFF] + Array("union select xxx".utf8) + [0] + Array("another union at end".utf8),
                ["ARGS:message", "ARGS:message"]
            ),
        ])
    func binary(_ name: String, _ payload: [UInt8], _ want: [String]) throws {
        let harness = try Self.harness()
        let outcome = Self.send(harness, Self.context(harness), payload, opcode: .binary)
        let names = outcome.matches.filter { $0.hasPrefix("942") }.map { $0.split(separator: " ")[1] }
        #expect(names.map(String.init) == want, "\(name)")
    }

    /// Past the limit of arguments the last one takes the rest.
    @Test func manyRuns() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], .text(.contains, "union"))
        var limits = InspectionLimits()
        limits.arguments = 2
        let harness = try Harness(rules.draft, limits: limits)
        let run = Array("sixteen bytes ok".utf8) + [0xFF]
        let outcome = Self.send(
            harness, Self.context(harness), run + run + run + Array("union".utf8), opcode: .binary)
        #expect(outcome.matches == ["1 "])
        #expect(outcome.verdict == .pass)
    }

    @Test func aContextIsSmallAndSnapshotsAreShared() throws {
        let harness = try Self.harness()
        let first = Self.context(harness)
        let second = Self.context(harness)
        #expect(first.snapshot === second.snapshot)
        // X-Long and the cookie that no rule names are not kept.
        #expect(first.headers.count == 2 && first.cookies.count == 1)
        #expect(first.ownedBytes < 512)
    }

    /// WS: counters, scores over messages, and what the handshake has found out.
    @Test func aConnectionRemembers() throws {
        var rules = DraftBuilder()
        rules.rule(1, phase: 1, [.key(.requestCookies, "role")], .text(.streq, "admin")) {
            $0.logs = false
            $0.actions = [.assign(AssignmentDraft(collection: .webSocketState, name: MacroText(literal: "role"), kind: .set, value: MacroText(literal: "admin")))]
        }
        rules.action(2, phase: 2) {
            $0.logs = false
            $0.actions = [.assign(AssignmentDraft(collection: .webSocketState, name: MacroText(literal: "count"), kind: .add, value: MacroText(literal: "1")))]
        }
        rules.rule(3, [.key(.webSocketState, "count")], .text(.ge, "3")) {
            $0.message = .parsing("%{ws.count} by %{ws.role}")
            $0.disruption = .deny
        }
        let harness = try Harness(rules.draft)
        let (first, second) = (Self.context(harness), Self.context(harness))
        for _ in 0..<2 { #expect(Self.send(harness, first, Array("x".utf8)).matches == []) }
        // Another connection counts for itself.
        #expect(Self.send(harness, second, Array("x".utf8)).matches == [])
        #expect(Self.send(harness, first, Array("x".utf8)).matches == ["3 3 by admin"])
        #expect(Self.send(harness, second, Array("x".utf8), direction: .server).matches == [])
        #expect(Self.send(harness, second, Array("x".utf8)).matches == [])
        #expect(Self.send(harness, second, Array("x".utf8)).matches == ["3 3 by admin"])
    }

    @Test("what a connection remembers is bounded: at the limits and one past them") func memoryIsBounded() {
        let (name, value) = (ByteText(String(repeating: "n", count: 129)), ByteText(String(repeating: "v", count: 1_025)))
        withExtendedLifetime((name, value)) {
            var state = ConnectionState()
            func set(_ name: ByteView, to value: ByteView) -> Bool { state.set(name, to: value) }
            #expect(set(name.view[..<128], to: value.view[..<1_024]))
            #expect(!set(name.view, to: value.view[..<1]))
            #expect(!set(name.view[..<1], to: value.view))
            for index in 1..<ConnectionState.members {
                #expect(set(name.view[..<index], to: value.view[..<1]))
            }
            #expect(!set(name.view[..<127], to: value.view[..<1]))
            #expect(set(name.view[..<1], to: value.view[..<2]))
        }
    }
}
