// Names, collections and macros, as in ModSecurity 2.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Names and collections, as in ModSecurity 2") struct CollectionTests {
    static func line(_ name: String, _ value: String) -> (name: String, value: [UInt8]) {
        (name, Array(value.utf8))
    }

    @Test("item 19: keys compare without regard to case, values and names keep theirs") func caseOfKeys()
        throws
    {
        var rules = DraftBuilder()
        let name = MacroText.parsing("%{MATCHED_VAR_NAME}=%{MATCHED_VAR}")
        rules.action(8, phase: 1) {
            $0.logs = false
            $0.actions = [.setting("MiXed=5")]
        }
        let targets: [TargetDraft] = [
            .key(.args, "FoO"), .key(.requestHeaders, "x-ABC"), .key(.requestCookies, "SID"),
            .key(.argsNames, "FOO"), .key(.tx, "mixed"),
            TargetDraft(variable: .args, selector: try rules.selector("^FO")),
            TargetDraft(variable: .tx, selector: try rules.selector("^mix")),
        ]
        for (index, target) in targets.enumerated() {
            rules.rule(UInt32(index + 1), [target], OperatorDraft(name: .unconditionalMatch)) {
                $0.message = name
            }
        }
        var request = TestRequest("/?foo=1")
        request.headers += [Self.line("X-Abc", "1"), Self.line("Cookie", "sid=1")]
        #expect(
            try Harness(rules.draft).send(request).matches == [
                "1 ARGS:foo=1", "2 REQUEST_HEADERS:X-Abc=1", "3 REQUEST_COOKIES:sid=1",
                "4 ARGS_NAMES:foo=foo",
                "5 TX:MiXed=5", "6 ARGS:foo=1", "7 TX:MiXed=5",
            ])
    }

    @Test("item 20: names made by macros, counts of members") func txNames() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], OperatorDraft(name: .unconditionalMatch)) {
            $0.logs = false
            $0.actions = [.setting("counter_%{MATCHED_VAR_NAME}=+1")]
        }
        rules.rule(
            2, [TargetDraft(variable: .tx, selector: try rules.selector("^counter_"))], .text(.gt, "1")
        ) {
            $0.message = .parsing("%{MATCHED_VAR_NAME}=%{MATCHED_VAR}")
        }
        rules.rule(3, [TargetDraft.key(.tx, "nothing").counted], .text(.eq, "0"))
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=1&b=1&a=2"))
        #expect(outcome.matches == ["2 TX:counter_ARGS:a=2", "3 "])
    }

    @Test("item 21: equal header names are two members") func duplicateHeaders() throws {
        var rules = DraftBuilder()
        rules.rule(1, phase: 1, [TargetDraft.key(.requestHeaders, "X").counted], .text(.eq, "2"))
        rules.rule(2, phase: 1, [.all(.requestHeadersNames)], .text(.streq, "x")) {
            $0.message = .parsing("%{MATCHED_VAR_NAME} %{REQUEST_HEADERS.X}")
        }
        var request = TestRequest()
        request.headers += [Self.line("X", "one"), Self.line("x", "two")]
        #expect(try Harness(rules.draft).send(request).matches == ["1 ", "2 REQUEST_HEADERS_NAMES:x one"])
    }

    @Test("items 24 and 25: single values by macro; absent ones are empty") func macros() throws {
        var rules = DraftBuilder()
        rules.action(1, phase: 1) {
            $0.message = .parsing(
                "%{REQUEST_METHOD} %{REQUEST_URI} %{REQUEST_URI_RAW} %{REQUEST_FILENAME} %{REQUEST_BASENAME} "
                    + "%{QUERY_STRING} %{REQUEST_PROTOCOL} [%{REQUEST_LINE}]")
        }
        rules.action(2, phase: 1) {
            $0.message = .parsing(
                "%{REMOTE_ADDR} %{REMOTE_PORT} %{SERVER_ADDR} %{SERVER_PORT} %{SERVER_NAME} %{UNIQUE_ID} "
                    + "%{REQUEST_BODY_LENGTH}[%{REQBODY_PROCESSOR}][%{tx.nope}][%{args.nope}][%{ARGS}]100%")
        }
        let outcome = try Harness(rules.draft).send(TestRequest("http://h/a/b.php?q=%41"))
        #expect(
            outcome.matches == [
                "1 GET /a/b.php?q=%41 http://h/a/b.php?q=%41 /a/b.php b.php q=%41 HTTP/1.1 "
                    + "[GET http://h/a/b.php?q=%41 HTTP/1.1]",
                "2 127.0.0.1 50000 127.0.0.2 8080 localhost unique-0001 0[][][][A]100%",
            ])
    }

    @Test(
        "section 3: REQUEST_BODY is there for forms alone",
        arguments: [
            ("application/x-www-form-urlencoded; charset=x", "URLENCODED", true),
            ("APPLICATION/X-WWW-FORM-URLENCODED", "URLENCODED", true), ("text/plain", "", false),
            ("multipart/form-data; boundary=B", "MULTIPART", false), ("application/json", "", false),
        ])
    func requestBody(_ type: String, _ processor: String, _ isThere: Bool) throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.requestBody)], OperatorDraft(name: .unconditionalMatch)) {
            $0.message = .parsing("%{MATCHED_VAR}")
        }
        rules.action(2) { $0.message = .parsing("%{REQBODY_PROCESSOR} %{REQUEST_BODY_LENGTH} %{ARGS.b}") }
        var request = TestRequest()
        request.method = "POST"
        request.headers.append(Self.line("Content-Type", type))
        request.body = Array("a=%41&b=2".utf8)
        let last = "2 \(processor) 9 \(isThere ? "2" : "")"
        #expect(
            try Harness(rules.draft).send(request).matches == (isThere ? ["1 a=%41&b=2", last] : [last]))
    }

    @Test(
        "section 3: RESPONSE_BODY by type; phase 4 runs all the same",
        arguments: [
            ("text/html; charset=utf-8", true), ("TEXT/HTML", true), ("application/octet-stream", false),
            ("", false),
        ])
    func responseBody(_ type: String, _ isSeen: Bool) throws {
        var rules = DraftBuilder()
        rules.rule(1, phase: 4, [.all(.responseBody)], .text(.contains, "secret")) { $0.disruption = .deny }
        rules.action(2, phase: 4)
        rules.action(3, phase: 3) {
            $0.message = .parsing(
                "%{RESPONSE_STATUS} %{RESPONSE_CONTENT_TYPE} %{RESPONSE_HEADERS.x-t} %{RESPONSE_PROTOCOL}")
        }
        var request = TestRequest()
        request.status = 201
        request.responseHeaders = [Self.line("X-T", "v")]
        if !type.isEmpty { request.responseHeaders.append(Self.line("Content-Type", type)) }
        request.responseBody = Array("a secret here".utf8)
        let outcome = try Harness(rules.draft).send(request)
        #expect(outcome.verdict.action == (isSeen ? .deny : .pass))
        #expect(outcome.matches == ["3 201 \(type) v HTTP/1.1", isSeen ? "1 " : "2 "])
    }

    @Test("section 3: limits of bodies by type and mode") func bodyLimits() throws {
        var rules = DraftBuilder()
        rules.draft.settings.requestBodyLimitBytes = 1_000
        rules.draft.settings.requestBodyNoFilesLimitBytes = 100
        rules.draft.settings.responseBodyLimitBytes = 50
        rules.action(1)
        let harness = try Harness(rules.draft)
        func limit(_ type: String, isDetectOnly: Bool = false) -> (Int, EngineSettings.LimitAction) {
            var request = TestRequest()
            request.headers.append(Self.line("Content-Type", type))
            harness.begin(request, isDetectOnly: isDetectOnly)
            _ = harness.transaction.evaluateRequestHeaders()
            return (harness.transaction.requestBodyLimitBytes, harness.transaction.requestBodyLimitAction)
        }
        #expect(limit("text/plain") == (100, .reject))
        #expect(limit("multipart/form-data; boundary=x") == (1_000, .reject))
        #expect(limit("text/plain", isDetectOnly: true) == (100, .processPartial))
        #expect(harness.transaction.responseBodyLimitBytes == 50)
        #expect(harness.transaction.responseBodyLimitAction == .processPartial)
        // Without rules of phase 4 nothing is held.
        #expect(!harness.transaction.needsResponseBody(contentType: harness.view("text/html")))
    }
}
