// What rules change of the traffic, and what they ask of data from outside.

import Bytes
import Inspection
import RuleStore
import SecLang
import Testing

@Suite("append, prepend, pause, proxy, @rsub, @geoLookup, @validateDTD, @validateSchema")
struct RewritingTests {
    static func harness(_ rules: String, files: [String: [UInt8]] = [:]) throws -> Harness {
        var all = files
        all["/main.conf"] = Array(rules.utf8)
        return try Harness(
            try RuleCompiler.compile(files: ["/main.conf"], reader: ProbeReader(files: all)).get())
    }

    static func form(_ body: String) -> TestRequest { TestRequest(form: body) }

    static func answer(_ body: String) -> TestRequest {
        var request = TestRequest()
        request.responseHeaders = [("Content-Type", Array("text/html".utf8))]
        request.responseBody = Array(body.utf8)
        return request
    }

    // MARK: Content injection

    static let injecting = """
        SecContentInjection On
        SecRule ARGS:a "@unconditionalMatch" "id:1,phase:1,pass,nolog,prepend:'<%{ARGS.a}>'"
        SecAction "id:2,phase:3,pass,nolog,append:one"
        SecAction "id:3,phase:3,pass,nolog,append:two"

        """

    @Test func injection() throws {
        let harness = try Self.harness(Self.injecting)
        _ = harness.send(TestRequest("/?a=x"))
        let found = harness.transaction.contentInjection
        #expect(found.prefix.string == "<x>" && found.suffix.string == "two" && found.byteCount == 6)
        _ = harness.send(TestRequest("/"), isDetectOnly: true)
        #expect(harness.transaction.contentInjection.isEmpty)
        let off = try Self.harness(Self.injecting.replacing("Injection On", with: "Injection Off"))
        _ = off.send(TestRequest("/?a=x"))
        #expect(off.transaction.contentInjection.isEmpty)
    }

    // MARK: Pause and proxy

    @Test(arguments: [("5", 5), ("29999", 29_999), ("30000", 30_000), ("30001", 30_000), ("%{ARGS.a}", 7)])
    func pause(_ text: String, _ milliseconds: Int) throws {
        let harness = try Self.harness("SecAction \"id:1,phase:1,pass,nolog,pause:'\(text)'\"\n")
        harness.begin(TestRequest("/?a=7"))
        _ = harness.transaction.evaluateRequestHeaders()
        #expect(harness.transaction.takePause() == milliseconds)
        #expect(harness.transaction.takePause() == 0)
        harness.begin(TestRequest("/?a=7"), isDetectOnly: true)
        _ = harness.transaction.evaluateRequestHeaders()
        #expect(harness.transaction.takePause() == 0)
    }

    /// It acts when the last link of its chain has matched, not before.
    @Test func pauseOfAChain() throws {
        let harness = try Self.harness(
            """
            SecRule ARGS:a "@streq 1" "id:1,phase:1,pass,nolog,pause:9,chain"
            SecRule ARGS:b "@streq 1" "t:none"

            """)
        for (target, milliseconds) in [("/?a=1", 0), ("/?a=1&b=1", 9)] {
            harness.begin(TestRequest(target))
            _ = harness.transaction.evaluateRequestHeaders()
            #expect(harness.transaction.takePause() == milliseconds)
        }
    }

    @Test func proxy() throws {
        let harness = try Self.harness(
            "SecRule ARGS:a \"@streq 1\" \"id:1,phase:1,proxy:'http://honeypot/%{ARGS.a}',msg:'m'\"\n")
        let outcome = harness.send(TestRequest("/?a=1"))
        #expect(outcome.verdict.action == .proxy && outcome.verdict.location.string == "http://honeypot/1")
        #expect(outcome.log.contains("Access denied using proxy to http://honeypot/1 (phase 1)."))
        #expect(harness.send(TestRequest("/?a=2")).verdict == .pass)
        #expect(harness.send(TestRequest("/?a=1"), isDetectOnly: true).verdict.wouldDeny)
    }

    // MARK: @rsub

    struct Substitution: CustomTestStringConvertible {
        var argument: String
        var body: String
        /// nil: no match.
        var want: String?
        var testDescription: String { argument }
    }

    static let substitutions: [Substitution] = [
        Substitution(argument: "s/a/b/", body: "banana", want: "bbnbnb"),
        Substitution(argument: "s/x/y/", body: "banana", want: nil),
        Substitution(argument: "s/A/b/", body: "banana", want: nil),
        Substitution(argument: "s/A/b/i", body: "aA", want: "bb"),
        Substitution(argument: "s#<!--.*?-->##", body: "a<!-- x -->b<!--y-->c", want: "abc"),
        Substitution(argument: #"s/(\w+)@(\w+)/\2 at \1/"#, body: "me@home, you@work", want: "home at me, work at you"),
        Substitution(argument: #"s/\d+/\0\0/"#, body: "a1b22", want: "a11b2222"),
        Substitution(argument: #"s/a\/b/\/\\/"#, body: "xa/by", want: #"x/\y"#),
        Substitution(argument: "s/^/>/", body: "ab", want: ">ab"),
        Substitution(argument: "s/b*/-/", body: "abc", want: "-a--c-"),
        Substitution(argument: "s/secret/%{tx.word}/", body: "a secret", want: "a word"),
        Substitution(argument: "s/a//", body: "aaa", want: ""),
    ]

    @Test(arguments: substitutions) func responseBody(_ row: Substitution) throws {
        let harness = try Self.harness(
            """
            SecStreamOutBodyInspection On
            SecAction "id:1,phase:1,pass,nolog,setvar:tx.word=word"
            SecRule STREAM_OUTPUT_BODY "@rsub \(row.argument)" "id:2,phase:4,pass,msg:'hit'"
            SecRule STREAM_OUTPUT_BODY "@unconditionalMatch" "id:3,phase:4,pass,msg:'%{MATCHED_VAR}'"

            """)
        let outcome = harness.send(Self.answer(row.body))
        #expect(outcome.matches.contains("2 hit") == (row.want != nil))
        #expect(harness.transaction.rewrittenResponseBody?.string == row.want)
        _ = harness.send(Self.answer(row.body), isDetectOnly: true)
        #expect(harness.transaction.rewrittenResponseBody == nil)
    }

    @Test func requestBody() throws {
        let rules = """
            SecStreamInBodyInspection On
            SecRule STREAM_INPUT_BODY "@rsub s/bad/good/" "id:1,phase:2,pass,nolog"
            SecRule STREAM_INPUT_BODY "@rsub s/good/better/" "id:2,phase:2,pass,nolog"

            """
        let harness = try Self.harness(rules)
        _ = harness.send(Self.form("a=bad"))
        #expect(harness.transaction.rewrittenRequestBody?.string == "a=better")
        let off = try Self.harness(rules.replacing("Inspection On", with: "Inspection Off"))
        _ = off.send(Self.form("a=bad"))
        #expect(off.transaction.rewrittenRequestBody == nil)
    }

    @Test(arguments: [(0, true), (1, false)]) func rewrittenBodyLimit(_ excess: Int, _ isKept: Bool) throws {
        var limits = InspectionLimits()
        limits.rewrittenBodyBytes = 100 - excess
        let text = """
            SecStreamOutBodyInspection On
            SecRule STREAM_OUTPUT_BODY "@rsub s/a/aa/" "id:2,phase:4,pass,nolog"

            """
        let draft = try RuleCompiler.compile(
            files: ["/main.conf"], reader: ProbeReader(files: ["/main.conf": Array(text.utf8)])
        ).get()
        let harness = try Harness(draft, limits: limits)
        _ = harness.send(Self.answer(String(repeating: "a", count: 50)))
        #expect((harness.transaction.rewrittenResponseBody?.count == 100) == isKept)
    }

    // MARK: Places

    @Test func places() throws {
        let rules = """
            SecGeoLookupDb places.mmdb
            SecRule REMOTE_ADDR "@geoLookup" "id:1,phase:1,pass,msg:'found'"
            SecRule GEO "@unconditionalMatch" "id:2,phase:1,pass,msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'"
            SecRule GEO:COUNTRY_CODE "!@pm DE NL" "id:3,phase:1,deny,msg:'%{GEO.COUNTRY_NAME}'"

            """
        let harness = try Self.harness(rules, files: ["/places.mmdb": LocationFixture.file])
        var request = TestRequest()
        request.remoteAddress = "192.0.2.1"
        #expect(
            harness.send(request).matches == [
                "1 found", "2 GEO:COUNTRY_CODE=DE", "2 GEO:COUNTRY_NAME=Germany", "2 GEO:COUNTRY_CONTINENT=EU",
                "2 GEO:REGION=BE", "2 GEO:CITY=Exampletown", "2 GEO:POSTAL_CODE=10115", "2 GEO:LATITUDE=52.5",
                "2 GEO:LONGITUDE=-13.25", "2 GEO:DMA_CODE=807",
            ])
        request.remoteAddress = "127.0.0.1"
        #expect(harness.send(request).matches.last == "3 Loop")
        request.remoteAddress = "198.51.100.1"
        #expect(harness.send(request).matches == [])
    }

    // MARK: Grammars

    static let dtd = "<!ELEMENT note (to, body?)> <!ELEMENT to (#PCDATA)> <!ELEMENT body (#PCDATA)>"
    static let schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="note"><xs:complexType>
        <xs:sequence><xs:element name="to" type="xs:string"/><xs:element name="count" type="xs:integer"/>
        </xs:sequence></xs:complexType></xs:element></xs:schema>
        """

    /// The body, and whether it breaks the DTD and the schema.
    static let documents: [(String, dtd: Bool, schema: Bool)] = [
        ("<note><to>a</to></note>", false, true), ("<note><to>a</to><body>b</body></note>", false, true),
        ("<note><to>a</to><count>7</count></note>", true, false),
        ("<note><to>a</to><count>x</count></note>", true, true), ("<note><body>b</body></note>", true, true),
        ("<other/>", true, true), ("<note><to>a</note>", true, true),
        ("<!DOCTYPE note [<!ELEMENT note ANY>]><note>free</note>", true, true),
    ]

    @Test(arguments: documents.indices) func grammars(_ index: Int) throws {
        let (body, breaksDTD, breaksSchema) = Self.documents[index]
        let harness = try Self.harness(
            """
            SecAction "id:1,phase:1,pass,nolog,ctl:requestBodyProcessor=XML"
            SecRule XML "@validateDTD note.dtd" "id:2,phase:2,pass,msg:'dtd'"
            SecRule XML "@validateSchema note.xsd" "id:3,phase:2,pass,msg:'schema'"

            """, files: ["/note.dtd": Array(Self.dtd.utf8), "/note.xsd": Array(Self.schema.utf8)])
        var request = TestRequest()
        request.method = "POST"
        request.headers.append(("Content-Type", Array("text/xml".utf8)))
        request.body = Array(body.utf8)
        let matches = harness.send(request).matches
        #expect(matches == (breaksDTD ? ["2 dtd"] : []) + (breaksSchema ? ["3 schema"] : []))
    }
}
