import RuleStore
import Testing

@testable import Configuration

@Suite("Values: sizes, times, numbers, addresses")
struct ValueTests {
    struct Number: Sendable, CustomTestStringConvertible {
        var text: String
        var want: Int?
        init(_ text: String, _ want: Int?) { (self.text, self.want) = (text, want) }
        var testDescription: String { text }
    }

    static let sizes = [
        Number("0", 0), Number("512", 512), Number("1k", 1_024), Number("1K", 1_024), Number("8m", 8 << 20),
        Number("8M", 8 << 20), Number("2g", 2 << 30), Number("2G", 2 << 30), Number("", nil),
        Number("k", nil),
        Number("1kb", nil), Number("1 k", nil), Number("-1", nil), Number("+1", nil), Number("1.5m", nil),
        Number("0x10", nil), Number("9223372036854775807", .max), Number("9223372036854775808", nil),
        Number("9223372036854775807k", nil), Number("8589934591g", 8_589_934_591 << 30),
        Number("8589934592g", nil),
        Number("١k", nil),
    ]
    @Test(arguments: sizes) func size(_ row: Number) { #expect(SizeValue.bytes(row.text) == row.want) }

    static let times = [
        Number("0", 0), Number("30", 30_000), Number("30s", 30_000), Number("500ms", 500),
        Number("1m", 60_000),
        Number("1h", 3_600_000), Number("1d", 86_400_000), Number("1w", 604_800_000),
        Number("1M", 2_592_000_000),
        Number("1y", 31_536_000_000), Number("1m30s", 90_000), Number("1m30", 90_000),
        Number("1h 30m", 5_400_000),
        Number("1h30m15s500ms", 5_415_500), Number("1s500ms", 1_500), Number("30s1m", nil),
        Number("1s1s", nil),
        Number("1 s", nil), Number("30 1m", nil), Number("s", nil), Number("", nil), Number(" ", nil),
        Number("1x", nil), Number("1S", nil), Number("-1s", nil), Number("1.5s", nil), Number("1m ", 60_000),
        Number("9223372036854775807ms", .max), Number("9223372036854775808ms", nil),
        Number("9223372036854775807s", nil), Number("9223372036854775s808ms", nil),
        Number("9223372036854775s807ms", .max), Number("1ms1", nil), Number("٣s", nil),
    ]
    @Test(arguments: times) func time(_ row: Number) { #expect(TimeValue.milliseconds(row.text) == row.want) }

    struct Text: Sendable, CustomTestStringConvertible {
        var text: String
        var want: String?
        init(_ text: String, _ want: String?) { (self.text, self.want) = (text, want) }
        var testDescription: String { text }
    }

    static let addresses = [
        Text("127.0.0.1", "127.0.0.1"), Text("0.0.0.0", "0.0.0.0"),
        Text("255.255.255.255", "255.255.255.255"),
        Text("256.0.0.1", nil), Text("1.2.3", nil), Text("1.2.3.4.5", nil), Text("01.2.3.4", nil),
        Text("1..3.4", nil), Text("1.2.3.x", nil), Text("", nil), Text("1.2.3.4 ", nil),
        Text("::", "::"), Text("::1", "::1"), Text("1::", "1::"), Text("2001:db8::1", "2001:db8::1"),
        Text("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), Text("0:0:0:0:0:0:0:0", "::"),
        Text("1:0:0:2:0:0:0:3", "1:0:0:2::3"), Text("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"),
        Text("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), Text("::ffff:192.0.2.1", "::ffff:c000:201"),
        Text("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), Text("1:2:3:4:5:6:7", nil),
        Text("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), Text("1:2:3:4:5:6:7:8:9", nil),
        Text("1::2:3:4:5:6:7:8", nil), Text("1::2:3:4:5:6:7", "1:0:2:3:4:5:6:7"), Text(":::", nil),
        Text("1::2::3", nil), Text(":1::2", nil), Text("1::2:", nil), Text("12345::", nil), Text("g::", nil),
        Text("1.2.3.4::", nil), Text("::1.2.3", nil), Text(":", nil),
        Text("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        Text("::+1", nil), Text("1:2:3:4:5:6:7:1.2.3.4", nil),
    ]
    @Test(arguments: addresses) func address(_ row: Text) {
        #expect(NumericAddress.canonical(row.text) == row.want)
        // What is canonical stays.
        if let want = row.want { #expect(NumericAddress.canonical(want) == want) }
    }

    static let hosts = [
        Text("app", "name app -"), Text("app.example:8080", "name app.example 8080"),
        Text("a_b-c", "name a_b-c -"),
        Text("127.0.0.1:1", "address 127.0.0.1 1"), Text("[::1]:65535", "address ::1 65535"),
        Text("[0:0::1]", "address ::1 -"), Text("unix:/run/app.sock", "socket unix:/run/app.sock -"),
        Text("app:0", nil), Text("app:65536", nil), Text("app:", nil), Text("app:x", nil), Text(":80", nil),
        Text("", nil), Text("::1", nil), Text("[127.0.0.1]", nil), Text("[::1]x", nil), Text("[::1", nil),
        Text("unix:relative", nil), Text("unix:", nil), Text("256.1.1.1", nil), Text("12345", nil),
        Text("a b", nil), Text("a@b", nil), Text("a/b", nil), Text("é", nil),
        Text(
            "unix:/" + String(repeating: "a", count: 106),
            "socket unix:/" + String(repeating: "a", count: 106) + " -"),
        Text("unix:/" + String(repeating: "a", count: 107), nil),
        Text(String(repeating: "a", count: 253), "name " + String(repeating: "a", count: 253) + " -"),
        Text(String(repeating: "a", count: 254), nil),
    ]
    @Test(arguments: hosts) func host(_ row: Text) {
        let found = HostAndPort(row.text).map { parsed in
            let host =
                switch parsed.host {
                case .name(let name): "name \(name)"
                case .address(let address): "address \(address)"
                case .socket(let path): "socket \(path)"
                }
            return "\(host) \(parsed.port.map { "\($0)" } ?? "-")"
        }
        #expect(found == row.want)
    }

    static let serverNames = [
        Text("Example.ORG", "example.org"), Text("*.example.org", "*.example.org"), Text("mail.*", "mail.*"),
        Text(".example.org", "example.org *.example.org"), Text("_", "_"), Text("", ""),
        Text("[::1]", "[::1]"),
        Text("*", nil), Text("a.*.b", nil), Text("*a.b", nil), Text("a*", nil), Text("*.a.*", nil),
        Text(".a.*", nil),
        Text("a..b", nil), Text("~^www", nil), Text("a b", nil), Text("$hostname", nil), Text(".", nil),
    ]
    @Test(arguments: serverNames) func serverName(_ row: Text) {
        let found = try? ServerNameValue.parse(row.text).get().map { name in
            switch name {
            case .exact(let text): text
            case .leadingWildcard(let text): "*" + text
            case .trailingWildcard(let text): text + "*"
            }
        }.joined(separator: " ")
        #expect(found == row.want)
    }

    @Test(arguments: [
        ("worker_proces", "worker_processes"), ("worker_process", "worker_processes"), ("lisetn", "listen"),
        ("proxypass", "proxy_pass"), ("proxy-pass", "proxy_pass"), ("xyz", nil), ("", nil), ("root", nil),
        ("waf_rule_file", "waf_rules_file"), (String(repeating: "a", count: 1_000_000), nil),
    ]) func nearestName(_ name: String, _ want: String?) {
        #expect(EditDistance.nearest(to: name, in: DirectiveTable.rows.map(\.name.spelling)) == want)
    }

    @Test(arguments: [("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("kitten", "sitting", 3), ("ca", "abc", 3)])
    func editDistance(_ left: String, _ right: String, _ want: Int) {
        #expect(EditDistance.between(Array(left.utf8), Array(right.utf8)) == want)
        #expect(EditDistance.between(Array(right.utf8), Array(left.utf8)) == want)
    }
}
