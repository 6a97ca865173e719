// Sanitising actions: what the audit log shows as asterisks, and that it shows the rest.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Audit log: sanitising") struct SanitisingTests {
    static let on = "SecAuditEngine On\nSecAuditLogParts ABCEFHIJZ\n"

    static func entry(_ rules: String, _ request: TestRequest) throws -> AuditEntry {
        try #require(try AuditEntry(on + rules, request))
    }

    struct Row: CustomTestStringConvertible {
        var testDescription: String
        var rules: String
        var target = "/?a=1&pass=secret&b=2"
        var form: String?
        var wantTarget: String?
        var wantBody: String?
    }

    static let rows: [Row] = [
        Row(testDescription: "an argument of the query", rules: "SecAction \"id:1,phase:1,pass,nolog,sanitiseArg:pass\"",
            wantTarget: "/?a=1&pass=******&b=2"),
        Row(testDescription: "whatever the case of its name", rules: "SecAction \"id:1,phase:1,pass,nolog,sanitizeArg:PASS\"",
            wantTarget: "/?a=1&pass=******&b=2"),
        Row(testDescription: "an encoded name", rules: "SecAction \"id:1,phase:1,pass,nolog,sanitiseArg:pass\"",
            target: "/?%70ass=%73ecret", wantTarget: "/?%70ass=********"),
        Row(testDescription: "each of that name", rules: "SecAction \"id:1,phase:1,pass,nolog,sanitiseArg:p\"",
            target: "/?p=1&p=&p&p=22", wantTarget: "/?p=*&p=&p&p=**"),
        Row(testDescription: "an argument of a form", rules: "SecAction \"id:1,phase:2,pass,nolog,sanitiseArg:pass\"",
            target: "/", form: "x=1&pass=s%20e&y=secret", wantTarget: "/", wantBody: "x=1&pass=*****&y=secret"),
        Row(testDescription: "two names", rules: "SecAction \"id:1,phase:2,pass,nolog,sanitiseArg:x,sanitiseArg:y\"",
            target: "/?y=q", form: "x=1&pass=s&y=22", wantTarget: "/?y=*", wantBody: "x=*&pass=s&y=**"),
        Row(testDescription: "what a rule matched", rules: "SecRule ARGS \"@rx ^\\d{4}$\" \"id:1,phase:2,pass,nolog,sanitiseMatched\"",
            target: "/?a=1234&b=12", form: "c=9876&d=x", wantTarget: "/?a=****&b=12", wantBody: "c=****&d=x"),
        Row(testDescription: "matched bytes", rules: "SecRule ARGS \"@rx \\d{4}-\\d{4}\" \"id:1,phase:2,pass,nolog,capture,sanitiseMatchedBytes\"",
            target: "/?a=card+1234-5678+end", wantTarget: "/?a=card+*********+end"),
        Row(testDescription: "matched bytes but for the ends", rules: "SecRule ARGS \"@rx \\d{4}-\\d{4}\" \"id:1,phase:2,pass,nolog,capture,sanitiseMatchedBytes:1/4\"",
            target: "/?a=1234-5678", wantTarget: "/?a=1****5678"),
        Row(testDescription: "more kept than there is", rules: "SecRule ARGS \"@rx \\d+\" \"id:1,phase:2,pass,nolog,capture,sanitiseMatchedBytes:9/9\"",
            target: "/?a=1234", wantTarget: "/?a=1234"),
        Row(testDescription: "matched bytes that are written otherwise", rules: "SecRule ARGS \"@rx \\d+ \\d+\" \"id:1,phase:2,pass,nolog,capture,sanitiseMatchedBytes\"",
            target: "/?a=x12%2034", wantTarget: "/?a=********"),
        Row(testDescription: "matched bytes without capture", rules: "SecRule ARGS \"@rx \\d+\" \"id:1,phase:2,pass,nolog,sanitiseMatchedBytes\"",
            target: "/?a=x12", wantTarget: "/?a=***"),
        Row(testDescription: "a name from a macro", rules: "SecAction \"id:1,phase:1,pass,nolog,sanitiseArg:%{ARGS.which}\"",
            target: "/?which=k&k=v", wantTarget: "/?which=k&k=*"),
    ]

    @Test(arguments: rows) func arguments(_ row: Row) throws {
        var request = row.form.map { TestRequest(form: $0) } ?? TestRequest()
        request.target = row.target
        let entry = try Self.entry(row.rules, request)
        if let want = row.wantTarget { #expect(entry.text("request.uri") == want) }
        if let want = row.wantBody { #expect(entry.text("request.body") == want) }
    }

    @Test func fields() throws {
        var request = TestRequest()
        request.headers.append(("Authorization", Array("Basic abc".utf8)))
        request.headers.append(("Cookie", Array("a=1; sid=xyz; b=2".utf8)))
        request.responseHeaders = [("Set-Cookie", Array("sid=1".utf8)), ("Content-Type", Array("text/plain".utf8))]
        let rules = "SecAction \"id:1,phase:1,pass,nolog,sanitiseRequestHeader:authorization,sanitiseResponseHeader:set-cookie\"\n"
            + "SecRule REQUEST_COOKIES:sid \"@rx .\" \"id:2,phase:1,pass,nolog,sanitiseMatched\"\n"
        let entry = try Self.entry(rules, request)
        #expect(entry.text("request.headers.Authorization") == "*********")
        #expect(entry.text("request.headers.Cookie") == "a=1; sid=***; b=2")
        #expect(entry.text("response.headers.Set-Cookie") == "*****")
        #expect(entry.text("response.headers.Content-Type") == "text/plain")
    }

    @Test func multipart() throws {
        let rules = "SecAction \"id:1,phase:2,pass,nolog,sanitiseArg:pin\"\n"
        let whole = try Self.entry(rules, AuditTests.upload())
        #expect(whole.text("request.body")?.contains("\r\n\r\n*****\r\n--xx") == true)
        #expect(whole.text("request.body")?.contains("file content") == true)
        let form = try #require(try AuditEntry("SecAuditEngine On\nSecAuditLogParts AIZ\n" + rules, AuditTests.upload()))
        #expect(form.text("request.body") == "pin=*****")
    }

    static func json(_ body: String) -> TestRequest {
        var request = TestRequest()
        request.method = "POST"
        request.headers.append(("Content-Type", Array("application/json".utf8)))
        request.body = Array(body.utf8)
        return request
    }

    static let asJSON = "SecAction \"id:100,phase:1,pass,nolog,ctl:requestBodyProcessor=JSON\"\n"

    @Test func json() throws {
        let rules = Self.asJSON + "SecAction \"id:1,phase:2,pass,nolog,sanitiseArg:json.pin\"\n"
        let plain = try Self.entry(rules, Self.json(#"{"pin":"4711","x":"y"}"#))
        #expect(plain.text("request.body") == #"{"pin":"****","x":"y"}"#)
        // Its place is not known: nothing of the body is shown rather than the secret.
        let escaped = try Self.entry(rules, Self.json(#"{"pin":"\u0034711"}"#))
        #expect(escaped.text("request.body")?.contains("711") == false)
    }

    /// The message itself quotes the value; there it is hidden as well.
    @Test func messages() throws {
        let rules = "SecAction \"id:1,phase:1,pass,nolog,sanitiseArg:pass\"\n"
            + "SecRule ARGS \"@contains secret\" \"id:2,phase:2,pass,log,msg:'found',logdata:'in %{MATCHED_VAR_NAME}: %{MATCHED_VAR}'\"\n"
        let entry = try Self.entry(rules, TestRequest("/?pass=secret"))
        #expect(entry.text("messages.0.details.data") == "in ARGS:pass: ******")
        #expect(entry.text("messages.0.details.match")?.contains("(Value: `******' )") == true)
        let other = try Self.entry(rules, TestRequest("/?other=secret"))
        #expect(other.text("messages.0.details.data") == "in ARGS:other: secret")
    }

    /// Past the limit of items nothing that was sent is shown: better too little than a secret.
    @Test(arguments: [(3, false), (4, true)]) func limit(names: Int, isHidden: Bool) throws {
        var limits = InspectionLimits()
        limits.sanitisedItems = 3
        let actions = (0..<names).map { "sanitiseArg:p\($0)" }.joined(separator: ",")
        let entry = try #require(
            try AuditEntry(
                Self.on + "SecAction \"id:1,phase:1,pass,nolog,\(actions)\"\n", TestRequest("/?x=1&p0=2"), limits: limits))
        #expect(entry.text("request.uri") == (isHidden ? "**********" : "/?x=1&p0=*"))
        #expect(entry.text("request.headers.Host") == (isHidden ? "*********" : "localhost"))
    }
}
