// HAR: entries as requests and responses of HTTP/1.

import Offline
import Testing

@Suite("HTTP archives") struct HARReaderTests {
    static func entry(_ request: String, _ response: String = #""response":{"status":0}"#) -> String {
        #"{"startedDateTime":"2026-01-01","request":{"#
            + request + "}," + response + #","cache":{},"timings":{"send":0.1,"wait":null}}"#
    }

    static func read(_ entries: String...) throws(CaptureError) -> [CapturedExchange] {
        let text = #"{"log":{"version":"1.2","creator":{"name":"c"},"pages":[],"entries":["#
            + entries.joined(separator: ",") + "]}}"
        return try CaptureReader.read(Array(text.utf8), file: "h.har")
    }

    static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    @Test func severalEntries() throws {
        let exchanges = try Self.read(
            Self.entry(
                #""method":"GET","url":"https://a.example:8443/p?q=1#f","httpVersion":"h2","headers":[{"name":":path","value":"/p"},{"name":"accept","value":"*/*"}]"#,
                #""response":{"status":200,"statusText":"OK","httpVersion":"h2","headers":[{"name":"content-type","value":"text/html"},{"name":"content-encoding","value":"br"},{"name":"Content-Length","value":"99"}],"content":{"size":4,"mimeType":"text/html","text":"PGI+eA==","encoding":"base64"}}"#),
            Self.entry(#""method":"GET","url":"data:text/plain,x","httpVersion":"","headers":[]"#),
            Self.entry(
                #""method":"POST","url":"http://b","httpVersion":"HTTP/1.0","headers":[{"value":"b","name":"HOST"},{"name":"Transfer-Encoding","value":"chunked"}],"postData":{"mimeType":"text/plain","text":"aGk=","encoding":"base64"}"#))
        #expect(exchanges.map(\.name) == ["h.har, entry 1", "h.har, entry 3"])
        #expect(
            Self.text(exchanges[0].request)
                == "GET /p?q=1 HTTP/1.1\r\nHost: a.example:8443\r\naccept: */*\r\n\r\n")
        #expect(
            Self.text(exchanges[0].response)
                == "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nContent-Length: 4\r\n\r\n<b>x")
        #expect(
            Self.text(exchanges[1].request)
                == "POST / HTTP/1.0\r\nHOST: b\r\nContent-Length: 2\r\n\r\nhi")
        #expect(exchanges[1].response == nil)
    }

    @Test func aFormAsParameters() throws {
        let exchanges = try Self.read(
            Self.entry(
                #""method":"POST","url":"http://b/","httpVersion":"HTTP/1.1","headers":[],"postData":{"mimeType":"application/x-www-form-urlencoded; charset=UTF-8","params":[{"name":"a","value":"1"},{"name":"b","value":"x%20y"}]}"#))
        #expect(Self.text(exchanges[0].request)?.hasSuffix("Content-Length: 9\r\n\r\na=1&b=x%20y") == false)
        #expect(Self.text(exchanges[0].request)?.hasSuffix("Content-Length: 11\r\n\r\na=1&b=x%20y") == true)
    }

    @Test func whatIsNotInTheFile() throws {
        let exchanges = try Self.read(
            Self.entry(
                #""method":"POST","url":"http://b/","headers":[{"name":"content-length","value":"5"}]"#,
                #""response":{"status":304,"statusText":"","headers":[],"content":{"size":0}}"#))
        #expect(
            exchanges[0].notes == [
                "the request's body is not in the file", "the response's body is not in the file",
            ])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var text: String
        var want: String
        var testDescription: String { want }
    }

    static func archive(_ entry: String) -> String { #"{"log":{"entries":[\#(entry)]}}"# }

    static let faults = [
        Fault(text: "{}", want: #"h: error: no "log.entries": this JSON is no HAR"#),
        Fault(text: #"{"log":{"entries":[]}}"#, want: #"h: error: no "log.entries": this JSON is no HAR"#),
        Fault(text: "{\n \"log\": x}", want: "h:2:9: error: unexpected byte 120 in JSON at byte 10"),
        Fault(text: #"{"log":"#, want: "h:1:8: error: JSON ends too early at byte 7"),
        Fault(
            text: archive(#"{"request":{"url":"http://a/"}}"#),
            want: "h: error: entry 1: request.method is missing"),
        Fault(
            text: archive(#"{"request":{"method":"GET"}}"#),
            want: "h: error: entry 1: request.url is missing"),
        Fault(
            text: archive(#"{"request":{"method":"GET","url":"gopher://a/"}}"#),
            want: "h: error: entry 1: request.url is no http or https URL: gopher://a/"),
        Fault(
            text: archive(#"{"request":{"method":"GET","url":"http://a/","headers":[{"name":"x","value":"1\r\ny: 2"}]}}"#),
            want: #"h: error: entry 1: the header "x" holds a line end"#),
        Fault(
            text: archive(#"{"request":{"method":"GET\r\nX: 1","url":"http://a/"}}"#),
            want: "h: error: entry 1: the method, the URL or the status text holds a line end"),
        Fault(
            text: archive(#"{"request":{"method":"GET","url":"http://a/","headers":{"name":"x"}}}"#),
            want: "h:1:84: error: entry 1: request.headers.name is no list"),
        Fault(
            text: archive(
                #"{"request":{"method":"GET","url":"http://a/"},"response":{"status":200,"content":{"text":"?","encoding":"base64"}}}"#),
            want: "h: error: entry 1: response.content.text is no base64"),
        Fault(
            text: archive(#"{"request":{"method":"P","url":"http://a/","postData":{"text":"x","encoding":"rot13"}}}"#),
            want: #"h: error: entry 1: request.postData.encoding is "rot13", expected "base64""#),
        Fault(
            text: archive(#"{"request":{"method":"GET","url":"http://a/"},"response":{"status":7}}"#),
            want: "h: error: entry 1: response.status is 7"),
    ]

    @Test(arguments: faults) func faulty(_ row: Fault) {
        do throws(CaptureError) {
            _ = try CaptureReader.read(Array(row.text.utf8), file: "h")
            Issue.record("was read")
        } catch {
            #expect(error.description == row.want)
        }
    }

    /// Whatever is cut off or changed, the file is read or refused, with an exchange for each entry.
    @Test func damagedFiles() {
        let whole = Array(
            Self.archive(
                Self.entry(
                    #""method":"GET","url":"http://a/?é","headers":[{"name":"h","value":"\u00e9"}]"#,
                    #""response":{"status":200,"headers":[],"content":{"text":"x"}}"#)
            ).utf8)
        var random = SystemRandomNumberGenerator()
        var read = 0
        for index in 0..<whole.count {
            var bytes = whole
            bytes[index] = UInt8.random(in: 0...255, using: &random)
            do throws(CaptureError) {
                read += try CaptureReader.read(bytes, file: "h").count
            } catch {
                #expect(error.file == "h")
            }
            do throws(CaptureError) {
                _ = try CaptureReader.read(Array(whole[..<max(1, index)]), file: "h")
                Issue.record("cut at \(index) was read")
            } catch {
                #expect(error.file == "h")
            }
        }
        #expect(read > 0)
    }
}
