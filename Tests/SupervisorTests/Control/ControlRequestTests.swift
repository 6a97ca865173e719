// Requests and the JSON that carries them: RFC 8259, one flat object a line.

import Gateway
import Reports
import Testing

@testable import Supervisor

@Suite("Requests of the control socket") struct ControlRequestTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var line: String
        var want: Result<ControlRequest, ControlRequestError>
        var testDescription: String { line }
    }

    static let rows: [Row] = [
        Row(line: #"{"verb":"status"}"#, want: .success(.status)),
        Row(line: #" { "verb" : "stats" } "#, want: .success(.stats)),
        Row(line: #"{"verb":"reload"}"#, want: .success(.reload(.configuration))),
        Row(line: #"{"verb":"reload","scope":"config"}"#, want: .success(.reload(.configuration))),
        Row(line: #"{"scope":"rules","verb":"reload"}"#, want: .success(.reload(.rules))),
        Row(line: #"{"verb":"test"}"#, want: .success(.test)),
        Row(line: #"{"verb":"version"}"#, want: .success(.version)),
        Row(line: "{\"verb\":\"\\u0074est\"}\r", want: .success(.test)),
        Row(line: #"{"verb":"rules"}"#, want: .success(.rules(.only, from: 0))),
        Row(line: #"{"verb":"rules","set":"1","from":"1000"}"#, want: .success(.rules(.number(1), from: 1_000))),
        Row(line: #"{"verb":"rules","location":"a/b"}"#, want: .success(.rules(.location("a/b"), from: 0))),
        Row(line: #"{"verb":"rules","set":"-1"}"#, want: .failure(.notANumber("-1", member: "set"))),
        Row(
            line: #"{"verb":"rules","from":"4294967296"}"#,
            want: .failure(.notANumber("4294967296", member: "from"))),
        Row(line: #"{"verb":"rule","id":"942100"}"#, want: .success(.rule(.only, id: 942_100))),
        Row(line: #"{"verb":"rule"}"#, want: .failure(.missingMember("id", verb: "rule"))),
        Row(
            line: #"{"verb":"rule","id":"1","from":"0"}"#,
            want: .failure(.unknownMember("from", verb: "rule"))),
        Row(
            line: #"{"verb":"conn list"}"#,
            want: .success(.listConnections(from: ConnectionPlace(slot: 0), limit: 100))),
        Row(
            line: #"{"verb":"conn list","from":"2:64","limit":"1000"}"#,
            want: .success(.listConnections(from: ConnectionPlace(slot: 2, index: 64), limit: 1_000))),
        Row(line: #"{"verb":"conn list","limit":"1001"}"#, want: .failure(.badMember("limit", verb: "conn list"))),
        Row(line: #"{"verb":"conn list","limit":"0"}"#, want: .failure(.badMember("limit", verb: "conn list"))),
        Row(line: #"{"verb":"conn list","from":"2"}"#, want: .failure(.badMember("from", verb: "conn list"))),
        Row(line: #"{"verb":"conn list","from":"70000:1"}"#, want: .failure(.badMember("from", verb: "conn list"))),
        Row(line: #"{"verb":"conn close","id":"a1"}"#, want: .success(.closeConnection(identifier: "a1"))),
        Row(line: #"{"verb":"conn close"}"#, want: .failure(.badMember("id", verb: "conn close"))),
        Row(
            line: #"{"verb":"ban","key":"192.0.2.1","seconds":"600"}"#,
            want: .success(.ban(key: "192.0.2.1", seconds: 600, dictionary: nil))),
        Row(
            line: #"{"verb":"ban","key":"2001:DB8:0::1","seconds":"315360000","dict":"bans"}"#,
            want: .success(.ban(key: "2001:db8::1", seconds: 315_360_000, dictionary: "bans"))),
        Row(line: #"{"verb":"ban","seconds":"1"}"#, want: .failure(.badMember("key", verb: "ban"))),
        Row(line: #"{"verb":"ban","key":"host","seconds":"1"}"#, want: .failure(.badMember("key", verb: "ban"))),
        Row(line: #"{"verb":"ban","key":"unix:/x","seconds":"1"}"#, want: .failure(.badMember("key", verb: "ban"))),
        Row(line: #"{"verb":"ban","key":"10.0.0.0/8","seconds":"1"}"#, want: .failure(.badMember("key", verb: "ban"))),
        Row(line: #"{"verb":"ban","key":"::1"}"#, want: .failure(.badMember("seconds", verb: "ban"))),
        Row(line: #"{"verb":"ban","key":"::1","seconds":"0"}"#, want: .failure(.badMember("seconds", verb: "ban"))),
        Row(
            line: #"{"verb":"ban","key":"::1","seconds":"315360001"}"#,
            want: .failure(.badMember("seconds", verb: "ban"))),
        Row(
            line: #"{"verb":"ban","key":"::1","seconds":"1","dict":"a/b"}"#,
            want: .failure(.badMember("dict", verb: "ban"))),
        Row(line: #"{"verb":"unban","key":"::0:1"}"#, want: .success(.unban(key: "::1", dictionary: nil))),
        Row(line: #"{"verb":"unban","key":"a key"}"#, want: .success(.unban(key: "a key", dictionary: nil))),
        Row(line: #"{"verb":"unban","key":""}"#, want: .failure(.badMember("key", verb: "unban"))),
        Row(line: #"{"verb":"bans"}"#, want: .success(.listBans(from: 0, limit: 1_000, dictionary: nil))),
        Row(
            line: #"{"verb":"bans","from":"64","limit":"1","dict":"x"}"#,
            want: .success(.listBans(from: 64, limit: 1, dictionary: "x"))),
        Row(line: #"{"verb":"bans","limit":"0"}"#, want: .failure(.badMember("limit", verb: "bans"))),
        Row(line: #"{"verb":"bans","limit":"1001"}"#, want: .failure(.badMember("limit", verb: "bans"))),
        Row(line: #"{"verb":"bans","from":"x"}"#, want: .failure(.notANumber("x", member: "from"))),
        Row(line: #"{}"#, want: .failure(.noVerb)),
        Row(line: #"{"verb":"stop"}"#, want: .failure(.unknownVerb("stop"))),
        Row(line: #"{"verb":"reload","scope":"all"}"#, want: .failure(.unknownScope("all"))),
        Row(
            line: #"{"verb":"status","scope":"rules"}"#,
            want: .failure(.unknownMember("scope", verb: "status"))),
        Row(line: #"{"verb":"test","x":"y"}"#, want: .failure(.unknownMember("x", verb: "test"))),
        Row(line: "", want: malformed(.expected("\"{\"", offset: 0))),
        Row(line: "status", want: malformed(.expected("\"{\"", offset: 0))),
        Row(line: #"{"verb":"test""#, want: malformed(.expected("\"}\"", offset: 14))),
        Row(line: #"{"verb":"test"} x"#, want: malformed(.expected("the end", offset: 16))),
        Row(line: #"{"verb":1}"#, want: malformed(.expected("a string", offset: 8))),
        Row(line: #"{"verb"}"#, want: malformed(.expected("\":\"", offset: 7))),
        Row(line: #"{"verb":"test",}"#, want: malformed(.expected("a member's name", offset: 15))),
        Row(line: #"{"verb":"te"#, want: malformed(.expected("\"", offset: 11))),
        Row(line: #"{"verb":"\x"}"#, want: malformed(.badEscape(offset: 9))),
        Row(line: #"{"verb":"\ud800"}"#, want: malformed(.badEscape(offset: 9))),
        Row(line: #"{"verb":"\u12"#, want: malformed(.badEscape(offset: 9))),
        Row(line: "{\"verb\":\"\u{1}\"}", want: malformed(.expected("an escape", offset: 9))),
        Row(line: #"{"verb":"test","verb":"stats"}"#, want: malformed(.repeatedMember("verb"))),
    ]

    static func malformed(_ error: FlatObjectError) -> Result<ControlRequest, ControlRequestError> {
        .failure(.malformed(error))
    }

    static func outcome(_ bytes: [UInt8]) -> Result<ControlRequest, ControlRequestError> {
        do throws(ControlRequestError) { return .success(try ControlRequest.parse(bytes)) } catch {
            return .failure(error)
        }
    }

    @Test(arguments: rows) func parse(_ row: Row) { #expect(Self.outcome(Array(row.line.utf8)) == row.want) }

    /// A line cut anywhere is refused, and one with any byte changed is answered in some way.
    @Test(arguments: rows) func damage(_ row: Row) {
        let bytes = Array(row.line.utf8)
        for index in bytes.indices {
            if case .success = row.want, bytes[index...].contains(UInt8(ascii: "}")) {
                #expect(throws: ControlRequestError.self) {
                    _ = try ControlRequest.parse(Array(bytes[..<index]))
                }
            }
            for value in UInt8.min...UInt8.max {
                var damaged = bytes
                damaged[index] = value
                _ = Self.outcome(damaged)
            }
        }
    }

    @Test func notUTF8() {
        #expect(Self.outcome(Array("{\"".utf8) + [0xFF] + Array("\":\"\"}".utf8)) == Self.malformed(.notUTF8))
    }
}

@Suite("JSON text: RFC 8259 section 7") struct JSONValueTests {
    static let rows: [(JSONValue, String)] = [
        (.null, "null"), (.boolean(true), "true"), (.boolean(false), "false"),
        (.integer(Int64.min), "-9223372036854775808"), (.counter(.max), "18446744073709551615"),
        (.string(""), #""""#), (.string("a\"b\\c"), #""a\"b\\c""#), (.string("\n\r\t"), #""\n\r\t""#),
        (.string("\u{0}\u{1F}\u{7F}\u{9B}"), #""\u0000\u001f\u007f\u009b""#),
        (.string("\u{2028}"), #""\u2028""#),
        (.string("über/😀"), #""über/😀""#),
        (.array([]), "[]"), (.strings(["a", "b"]), #"["a","b"]"#),
        (.object([]), "{}"), (.object([("b", .integer(1)), ("a", .null)]), #"{"b":1,"a":null}"#),
    ]

    @Test(arguments: rows) func text(_ value: JSONValue, _ want: String) { #expect(value.line == want) }

    @Test("an answer lists so many errors and counts all") func manyErrors() {
        let limit = SupervisorLimits.errorsInAnswer
        for count in [1, limit, limit + 1] {
            let line = ControlAnswer.failed(Array(repeating: "e", count: count)).line
            #expect(line.hasPrefix(#"{"ok":false,"errors":["e""#))
            #expect(
                line.split(separator: "\"e\"", omittingEmptySubsequences: false).count - 1
                    == min(count, limit))
            #expect(line.hasSuffix("\"error_count\":\(count)}"))
        }
    }
}
