// Every count that a peer feeds, at its limit and one past it.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Inspection limits") struct LimitTests {
    struct Row: Sendable {
        var name: String
        var change: @Sendable (inout InspectionLimits) -> Void
        var within: String
        var past: String
    }

    /// Past these the transaction is denied: something was not judged.
    static let denying: [Row] = [
        Row(name: "arguments", change: { $0.arguments = 2 }, within: "/?a=1&b=2", past: "/?a=1&b=2&c=3"),
        Row(name: "members of TX", change: { $0.txMembers = 2 }, within: "/?a=1&b=2", past: "/?a=1&b=2&c=3"),
        Row(
            name: "MATCHED_VARS", change: { $0.matchedVariables = 2 }, within: "/?a=1&b=2",
            past: "/?a=1&b=2&c=3"),
    ]

    static func draft() -> RuleSetDraft {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], OperatorDraft(name: .unconditionalMatch)) {
            $0.logs = false
            $0.actions = [.setting("t_%{MATCHED_VAR_NAME}=1")]
        }
        return rules.draft
    }

    @Test(arguments: denying.indices) func deniedPast(_ index: Int) throws {
        let row = Self.denying[index]
        var limits = InspectionLimits()
        row.change(&limits)
        let harness = try Harness(Self.draft(), limits: limits)
        #expect(harness.send(TestRequest(row.within)).verdict == .pass)
        let outcome = harness.send(TestRequest(row.past))
        #expect(outcome.verdict == Verdict(action: .deny, status: 400, ruleID: 0))
        #expect(outcome.log.contains("Limit of the rule engine passed: \(row.name)."))
        let detected = harness.send(TestRequest(row.past), isDetectOnly: true)
        #expect(detected.verdict == Verdict(action: .pass, status: 400, ruleID: 0, wouldDeny: true))
    }

    @Test func headersAndCookies() throws {
        var limits = InspectionLimits()
        limits.headers = 2
        limits.cookies = 1
        let harness = try Harness(Self.draft(), limits: limits)
        var request = TestRequest()
        request.headers.append(("Cookie", Array("a=1".utf8)))
        request.responseHeaders = [("A", []), ("B", [])]
        #expect(harness.send(request).verdict == .pass)
        request.responseHeaders.append(("C", []))
        #expect(harness.send(request).log.contains("passed: header fields."))
        request.responseHeaders = []
        request.headers[1].value += Array("; b=2".utf8)
        #expect(harness.send(request).log.contains("passed: cookies."))
        request.headers.append(("X", []))
        #expect(harness.send(request).verdict.status == 400)
    }

    @Test func bodyArguments() throws {
        var limits = InspectionLimits()
        limits.arguments = 2
        let harness = try Harness(Self.draft(), limits: limits)
        #expect(harness.send(TestRequest(form: "a=1&b=2")).verdict == .pass)
        #expect(harness.send(TestRequest(form: "a=1&b=2&c=3")).verdict.status == 400)
    }

    @Test("TX values and expanded texts are cut", arguments: [(8, "12345678", false), (7, "1234567", true)])
    func values(_ limit: Int, _ want: String, _ isCut: Bool) throws {
        var rules = DraftBuilder()
        rules.action(1) {
            $0.logs = false
            $0.actions = [.setting("v=%{ARGS.a}")]
        }
        rules.action(2) {
            $0.logs = false
            $0.actions = [.setting("w=%{ARGS.b}%{ARGS.b}")]
        }
        rules.action(3, phase: 5) { $0.message = .parsing("%{tx.v} %{tx.w}") }
        var limits = InspectionLimits()
        limits.txValueBytes = limit
        let harness = try Harness(rules.draft, limits: limits)
        let outcome = harness.send(TestRequest("/?a=12345678&b=1234"))
        #expect(
            outcome.matches.first
                == "3 \(want) 12341234".replacing("12341234", with: "12341234".prefix(limit)))
        #expect(outcome.log.contains("limit passed: length of a TX value.") == isCut)
        limits = InspectionLimits()
        limits.expandedTextBytes = limit
        let cut = try Harness(rules.draft, limits: limits).send(TestRequest("/?a=x&b=1234"))
        #expect(cut.matches.first == "3 x \("12341234".prefix(limit))")
        #expect(cut.log.contains("limit passed: length of an expanded text.") == isCut)
    }

    @Test func logLines() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], OperatorDraft(name: .unconditionalMatch)) {
            $0.actions = [.setting("n=+1")]
        }
        rules.action(2, phase: 5) {
            $0.message = .parsing("%{tx.n}")
            $0.logs = false
        }
        var limits = InspectionLimits()
        limits.logLines = 2
        let harness = try Harness(rules.draft, limits: limits)
        #expect(harness.send(TestRequest("/?a&b")).matches == ["1 ", "1 "])
        let outcome = harness.send(TestRequest("/?a&b&c&d"))
        #expect(outcome.matches.count == 3)
        #expect(outcome.log.contains("Matched-rule lines left out: 2."))
    }

    /// Past the memory for transformed values rules give the same answers, and matches keep a part.
    @Test func transformedBytes() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], try rules.rx("^(ab)c*d$")) {
            $0.transformations = [.lowercase, .urlDecode]
            $0.captures = true
            $0.message = .parsing("%{MATCHED_VAR} %{tx.1}")
        }
        var limits = InspectionLimits()
        limits.transformedBytes = 0
        limits.matchedValueBytes = 8
        let harness = try Harness(rules.draft, limits: limits)
        #expect(harness.send(TestRequest("/?a=ABCCD&b=ABCD&c=x")).matches == ["1 abccd ab", "1 abcd ab"])
        #expect(harness.send(TestRequest("/?a=ABCCCCCD")).matches == ["1 abcccccd ab"])
        #expect(harness.send(TestRequest("/?a=ABCCCCCCCD")).matches == ["1 abcccccc ab"])
    }

    /// Many names that a peer chose stay quick to find.
    @Test func manyMembers() throws {
        let harness = try Harness(Self.draft())
        let query = (0..<8_000).map { "n\($0)=1" }.joined(separator: "&")
        #expect(harness.send(TestRequest("/?\(query)")).verdict == .pass)
    }
}
