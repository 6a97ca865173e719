// Entries of the audit log: which transactions get one, and what it says.

import Bytes
import Foundation
import Inspection
import RuleStore
import Testing

@Suite("Audit log: entries") struct AuditTests {
    static let deny = "SecRule ARGS:a \"@contains bad\" \"id:7,phase:2,deny,status:403,msg:'m %{MATCHED_VAR}',logdata:'d',tag:'t1',tag:'t2',severity:CRITICAL,ver:'v1',rev:'2'\"\n"

    struct Relevance: CustomTestStringConvertible {
        var testDescription: String
        var rules: String
        var target = "/?a=bad"
        var status: Int?
        var want: Bool
    }

    static let relevance: [Relevance] = [
        Relevance(testDescription: "a denial", rules: deny, want: true),
        Relevance(testDescription: "nothing matched", rules: deny, target: "/", want: false),
        Relevance(testDescription: "On", rules: "SecAuditEngine On\n" + deny, target: "/", want: true),
        Relevance(testDescription: "Off", rules: "SecAuditEngine Off\n" + deny, want: false),
        Relevance(testDescription: "nolog", rules: "SecRule ARGS \"@unconditionalMatch\" \"id:1,phase:2,pass,nolog\"", want: false),
        Relevance(testDescription: "noauditlog", rules: "SecRule ARGS \"@unconditionalMatch\" \"id:1,phase:2,pass,log,noauditlog\"", want: false),
        Relevance(testDescription: "nolog,auditlog", rules: "SecRule ARGS \"@unconditionalMatch\" \"id:1,phase:2,pass,nolog,auditlog\"", want: true),
        Relevance(testDescription: "the status", rules: "SecAuditLogRelevantStatus \"^(?:5|4(?!04))\"\n", status: 500, want: true),
        Relevance(testDescription: "not that status", rules: "SecAuditLogRelevantStatus \"^(?:5|4(?!04))\"\n", status: 404, want: false),
        Relevance(testDescription: "a linear pattern", rules: "SecAuditLogRelevantStatus ^50[0-3]$\n", status: 503, want: true),
        Relevance(testDescription: "ctl switches on", rules: "SecAction \"id:1,phase:1,pass,nolog,ctl:auditEngine=On\"\n", target: "/", want: true),
        Relevance(testDescription: "ctl switches off", rules: "SecAction \"id:1,phase:1,pass,nolog,ctl:auditEngine=Off\"\n" + deny, want: false),
    ]

    @Test(arguments: relevance) func isRelevant(_ row: Relevance) throws {
        let entry = try AuditEntry(row.rules, TestRequest(row.target), status: row.status)
        #expect((entry != nil) == row.want)
    }

    /// Without a file nothing is kept, whatever the rules say.
    @Test func nowhereToWrite() throws {
        let harness = try Harness(compiled("SecAuditEngine On\n" + Self.deny))
        _ = harness.send(TestRequest("/?a=bad"))
        #expect(!harness.transaction.wantsAuditEntry(status: 403))
    }

    @Test func keys() throws {
        let signature = "SecComponentSignature \"OWASP_CRS/4.28.0\"\nSecComponentSignature other/1\n"
        var request = TestRequest("/p?a=bad")
        request.headers.append(("X-Twice", Array("1".utf8)))
        request.headers.append(("x-twice", Array("2".utf8)))
        let entry = try #require(try AuditEntry(signature + Self.deny, request))
        #expect(entry.text("client_ip") == "127.0.0.1")
        // 1,700,000,000 s, two hours ahead of UTC.
        #expect(entry.text("time_stamp") == "Wed Nov 15 00:13:20 2023")
        #expect(entry["client_port"] as? Int == 50_000)
        #expect(entry.text("host_ip") == "127.0.0.2")
        #expect(entry["host_port"] as? Int == 8_080)
        #expect(entry.text("unique_id") == "unique-0001")
        #expect(entry["is_interrupted"] as? Bool == true)
        #expect(entry.text("request.method") == "GET")
        #expect(entry["request.http_version"] as? Double == 1.1)
        #expect(entry.text("request.uri") == "/p?a=bad")
        #expect(entry.text("request.headers.Host") == "localhost")
        #expect(entry.text("request.headers.X-Twice") == "1, 2")
        #expect(entry["response.http_code"] as? Int == 403)
        #expect(entry["response.headers"] != nil)
        #expect(entry.text("producer.secrules_engine") == "Enabled")
        #expect(entry["producer.components"] as? [String] == ["OWASP_CRS/4.28.0", "other/1"])
        #expect(entry.count("messages") == 1)
        #expect(entry.text("messages.0.message") == "m bad")
        #expect(entry.text("messages.0.details.match")
            == "Matched \"Operator `Contains' with parameter `bad' against variable `ARGS:a' (Value: `bad' )")
        #expect(entry.text("messages.0.details.ruleId") == "7")
        #expect(entry.text("messages.0.details.file") == "/main.conf")
        #expect(entry.text("messages.0.details.lineNumber") == "3")
        #expect(entry.text("messages.0.details.data") == "d")
        #expect(entry.text("messages.0.details.severity") == "2")
        #expect(entry.text("messages.0.details.ver") == "v1")
        #expect(entry.text("messages.0.details.rev") == "2")
        #expect(entry["messages.0.details.tags"] as? [String] == ["t1", "t2"])
        #expect(entry["truncated"] == nil)
    }

    // MARK: Parts

    struct Parts: CustomTestStringConvertible {
        var letters: String
        var present: [String]
        var absent: [String]
        var testDescription: String { letters }
    }

    static let partRows: [Parts] = [
        Parts(letters: "AZ", present: ["unique_id", "request.uri", "response.http_code"],
            absent: ["request.headers", "request.body", "response.body", "response.headers", "messages", "producer", "matched_rules"]),
        Parts(letters: "ABZ", present: ["request.headers"], absent: ["request.body", "messages"]),
        Parts(letters: "ACZ", present: ["request.body"], absent: ["request.headers"]),
        Parts(letters: "AIZ", present: ["request.body"], absent: ["request.headers"]),
        Parts(letters: "AEZ", present: ["response.body"], absent: ["response.headers"]),
        Parts(letters: "AFZ", present: ["response.headers"], absent: ["response.body"]),
        Parts(letters: "AHZ", present: ["messages", "producer"], absent: ["matched_rules"]),
        Parts(letters: "AKZ", present: ["matched_rules"], absent: ["messages"]),
    ]

    static func answered() -> TestRequest {
        var request = TestRequest(form: "a=1&password=secret")
        request.responseHeaders = [("Content-Type", Array("text/html".utf8))]
        request.responseBody = Array("page".utf8)
        return request
    }

    static let phase4 = "SecRule RESPONSE_BODY \"@contains zzz\" \"id:90,phase:4,pass\"\nSecRule ARGS \"@unconditionalMatch\" \"id:91,phase:2,pass,nolog\"\n"

    @Test(arguments: partRows) func parts(_ row: Parts) throws {
        let rules = "SecAuditEngine On\nSecAuditLogParts \(row.letters)\n" + Self.phase4
        let entry = try #require(try AuditEntry(rules, Self.answered()))
        for path in row.present { #expect(entry[path] != nil, "\(path)") }
        for path in row.absent { #expect(entry[path] == nil, "\(path)") }
    }

    @Test func ctlChangesParts() throws {
        let rules = "SecAuditEngine On\nSecAuditLogParts ABZ\n"
            + "SecAction \"id:1,phase:1,pass,nolog,ctl:auditLogParts=+EK\"\nSecAction \"id:2,phase:2,pass,nolog,ctl:auditLogParts=-B\"\n"
        let entry = try #require(try AuditEntry(rules + Self.phase4, Self.answered()))
        #expect(entry.text("response.body") == "page")
        #expect(entry["request.headers"] == nil)
        // Rule 1 had not added K yet when it matched; 91 matched twice and stands once.
        let ids = (entry["matched_rules"] as? [[String: Any]])?.compactMap { $0["ruleId"] as? String }
        #expect(ids == ["1", "2", "91"])
    }

    static func upload() -> TestRequest {
        var request = TestRequest("/up")
        request.method = "POST"
        request.headers.append(("Content-Type", Array("multipart/form-data; boundary=xx".utf8)))
        let body = "--xx\r\nContent-Disposition: form-data; name=\"pin\"\r\n\r\n12 34\r\n"
            + "--xx\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.txt\"\r\n\r\nfile content\r\n--xx--\r\n"
        request.body = Array(body.utf8)
        return request
    }

    @Test func filesAreLeftOutOfPartI() throws {
        let entry = try #require(try AuditEntry("SecAuditEngine On\nSecAuditLogParts AIJZ\n", Self.upload()))
        #expect(entry.text("request.body") == "pin=12+34")
        #expect(entry.text("uploads.info.0.file_name") == "a.txt")
        #expect(entry["uploads.info.0.file_size"] as? Int == 12)
        #expect(entry["uploads.total"] as? Int == 12)
        let whole = try #require(try AuditEntry("SecAuditEngine On\nSecAuditLogParts ACZ\n", Self.upload()))
        #expect(whole.text("request.body") == String(decoding: Self.upload().body!, as: UTF8.self))
    }

    // MARK: Bad bytes and limits

    @Test func hostileBytes() throws {
        var request = TestRequest("/\u{1}%ff\"\\?a=bad")
        request.target = "/\u{7F}\"\\?a=bad&\u{2028}"
        let bytes: [UInt8] = [0xFF, 0x22, 0x5C, 0x0A, 0xC0, 0x80, 0xED, 0xA0, 0x80]
        request.headers.append(("X-\"Evil\\", bytes))
        request.headers.append(("User-Agent", bytes))
        let entry = try #require(try AuditEntry("SecAuditEngine On\n" + Self.deny, request))
        #expect(entry.text("request.uri") == request.target)
        #expect(entry.text("request.headers.User-Agent") == "\u{FF}\"\\\n\u{C0}\u{80}\u{ED}\u{A0}\u{80}")
        #expect(!entry.line.contains("\n"))
    }

    /// Everything at once far too long: the line fits, is valid, and says what is missing.
    @Test func everythingIsCut() throws {
        let long = [UInt8](repeating: 0x01, count: 200_000)
        var request = TestRequest("/" + String(repeating: "\"", count: 30_000) + "?a=bad")
        for index in 0..<100 { request.headers.append(("X-\(index)", Array(long.prefix(2_000)))) }
        request.method = "POST"
        request.headers.append(("Content-Type", Array("text/plain".utf8)))
        request.body = Array(long.prefix(120_000))
        request.responseHeaders = [("Content-Type", Array("text/html".utf8))]
        for index in 0..<100 { request.responseHeaders.append(("Y-\(index)", Array(long.prefix(2_000)))) }
        request.responseBody = long
        let message = String(repeating: "m", count: 2_000)
        let rules = "SecAuditEngine On\nSecAuditLogParts ABCEFHIJKZ\n"
            + "SecRule ARGS|REQUEST_HEADERS \"@unconditionalMatch\" \"id:1,phase:2,pass,log,msg:'\(message)',logdata:'%{MATCHED_VAR}'\"\n"
            + Self.phase4
        let entry = try #require(try AuditEntry(rules, request))
        #expect(entry.line.utf8.count <= AuditLimits.entryBytes)
        let want: Set = ["request.uri", "request.body", "request.headers", "response.body", "response.headers", "messages"]
        #expect(Set(entry["truncated"] as? [String] ?? []) == want)
    }
}
