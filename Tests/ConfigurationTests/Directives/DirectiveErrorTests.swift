import Testing

@testable import Configuration

@Suite("Configuration errors: golden text")
struct DirectiveErrorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var want: String
        init(_ text: String, _ want: String) { (self.text, self.want) = (text, want) }
        var testDescription: String { text }
    }

    static let directiveRows: [Row] = [
        Row(
            "worker_proceses 1;",
            #"1:1: error: unknown directive "worker_proceses", did you mean "worker_processes"?"#),
        Row("ssl_certificate x;", #"1:1: error: unknown directive "ssl_certificate""#),
        Row("http { gzip on; }", #"1:8: error: unknown directive "gzip""#),
        Row(
            "events { use epoll; multi_accept on; }",
            """
            1:10: error: unknown directive "use", did you mean "user"?
            1:21: error: unknown directive "multi_accept"
            """),
        Row("unknown { inner; a b c { d; } }", #"1:1: error: unknown directive "unknown""#),
        Row("listen 80;", #"1:1: error: "listen" is not allowed in main, only in server"#),
        Row(
            "http { proxy_pass http://a; }",
            #"1:8: error: "proxy_pass" is not allowed in http, only in location"#),
        Row("server { }", #"1:1: error: "server" is not allowed in main, only in http, upstream"#),
        Row(
            "http { server { location / { server 1; } } }",
            #"1:30: error: "server" is not allowed in location, only in http, upstream"#),
        Row(
            "http { server { location / { location /a { } } } }",
            #"1:30: error: "location": locations inside one another are not supported"#),
        Row("worker_processes;", #"1:1: error: "worker_processes" takes 1 argument, found 0"#),
        Row("worker_processes 1 2;", #"1:1: error: "worker_processes" takes 1 argument, found 2"#),
        Row("user a b c;", #"1:1: error: "user" takes 1 to 2 arguments, found 3"#),
        Row("http { server { listen; } }", #"1:17: error: "listen" takes at least 1 argument, found 0"#),
        Row("http x { }", #"1:1: error: "http" takes no arguments, found 1"#),
        Row("http;", #"1:1: error: "http" is a block: expected "{", found ";""#),
        Row("pid a { }", #"1:1: error: "pid" is no block: expected ";", found "{""#),
        Row("pid a;\npid b;", #"2:1: error: "pid" is a duplicate of that at wafd.conf:1:1"#),
        Row("http { }\nhttp { }", #"2:1: error: "http" is a duplicate of that at wafd.conf:1:1"#),
        Row(
            "http { server { location / { proxy_pass http://1.1.1.1; proxy_pass http://1.1.1.2; } } }",
            #"1:57: error: "proxy_pass" is a duplicate of that at wafd.conf:1:30"#),
    ]

    static let valueRows: [Row] = [
        Row(
            "worker_processes 0;",
            #"1:18: error: bad value of "worker_processes": expected a number from 1 to 512 or "auto", found "0""#
        ),
        Row(
            "worker_processes 513;",
            #"1:18: error: bad value of "worker_processes": expected a number from 1 to 512 or "auto", found "513""#
        ),
        Row(
            "worker_processes many;",
            #"1:18: error: bad value of "worker_processes": expected a number from 1 to 512 or "auto", found "many""#
        ),
        Row(
            "http { client_max_body_size 1x; }",
            #"1:29: error: bad value of "client_max_body_size": expected a size such as 512, 64k or 1m, found "1x""#
        ),
        Row(
            "http { waf_websocket_max_frame 0; }",
            #"1:32: error: bad value of "waf_websocket_max_frame": expected 1 to 1073741824 bytes, found "0""#
        ),
        Row(
            "http { waf_websocket_max_frame 1073741825; }",
            #"1:32: error: bad value of "waf_websocket_max_frame": expected 1 to 1073741824 bytes, found "1073741825""#
        ),
        Row(
            "http { send_timeout 1z; }",
            #"1:21: error: bad value of "send_timeout": expected a time such as 30s, 500ms or 1h30m, found "1z""#
        ),
        Row(
            "http { send_timeout 0; }",
            #"1:21: error: bad value of "send_timeout": expected 1 to 2147483647 milliseconds, found "0""#),
        Row(
            "http { keepalive_timeout 2147483648ms; }",
            #"1:26: error: bad value of "keepalive_timeout": expected 0 to 2147483647 milliseconds, found "2147483648ms""#
        ),
        Row(
            "http { waf maybe; }",
            #"1:12: error: bad value of "waf": expected "on", "detect", "off", found "maybe""#),
        Row(
            "http { proxy_http_version 1.0; }",
            #"1:27: error: bad value of "proxy_http_version": expected "1.1", found "1.0""#),
        Row(
            "http { access_log syslog:server=a; }",
            #"1:19: error: bad value of "access_log": expected a file or "off", found "syslog:server=a""#),
        Row(
            "http { access_log /$host.log; }",
            #"1:19: error: bad value of "access_log": expected a file or "off", found "/$host.log""#),
        Row(
            "http { log_format a x; access_log f b; }",
            #"1:37: error: bad value of "access_log": expected a log_format: "a", "combined", found "b""#),
        Row(
            "http { log_format a escape=x y; }",
            #"1:21: error: bad value of "log_format": expected escape=default, escape=json or escape=none, found "escape=x""#
        ),
        Row("http { log_format a $statu; }", #"1:21: error: unknown variable "$statu", did you mean "$status"?"#),
        Row("http { log_format a x; log_format a y; }", #"1:35: error: log_format "a" is a duplicate of that at wafd.conf:1:19"#),
        Row(
            "http { waf_audit_log \"\"; }",
            #"1:22: error: bad value of "waf_audit_log": expected a file or "off", found """#),
        Row(
            "error_log stderr loud;",
            #"1:18: error: bad value of "error_log": expected "debug", "info", "notice", "warn", "error", "crit", "alert", "emerg", found "loud""#
        ),
        Row("pid \"\";", #"1:5: error: bad value of "pid": expected a path, found """#),
        Row("user \"\";", #"1:6: error: bad value of "user": expected a user's name, found """#),
    ]

    static let serverRows: [Row] = [
        Row(
            "listen 0;",
            #"24: error: bad value of "listen": expected ADDRESS[:PORT], PORT or unix:PATH, found "0""#),
        Row(
            "listen 65536;",
            #"24: error: bad value of "listen": expected ADDRESS[:PORT], PORT or unix:PATH, found "65536""#),
        Row(
            "listen unix:x;",
            #"24: error: bad value of "listen": expected ADDRESS[:PORT], PORT or unix:PATH, found "unix:x""#),
        Row("listen 80 ssl;", #"27: error: unknown parameter "ssl" of "listen", expected "default_server""#),
        Row("listen nowhere.example:80;", #"24: error: host of "listen" not found: "nowhere.example""#),
        Row(
            "listen 80; listen *:80;",
            #"28: error: "listen" 0.0.0.0:80 is a duplicate of that at wafd.conf:1:17"#),
        Row(
            "listen [::1]:80; listen [0::1]:80;",
            #"34: error: "listen" [::1]:80 is a duplicate of that at wafd.conf:1:17"#),
        Row(
            "server_name ~^www;",
            #"29: error: "server_name": regular expressions are not supported in server names"#),
        Row(
            "server_name a.*.b;",
            #"29: error: bad value of "server_name": expected a name, "*.example.org", ".example.org" or "www.example.*", found "a.*.b""#
        ),
        Row("location @a { }", #"26: error: "location": named locations are not supported"#),
        Row(
            "location ! /a { }",
            #"26: error: bad value of "location": expected "=", "^~", "~" or "~*", found "!""#),
        Row("location = \"\" { }", #"28: error: bad value of "location": expected a path, found """#),
        Row("location = { }", #"26: error: bad value of "location": expected a path, found "=""#),
        Row(
            "location /a { } location ^~ /a { }",
            #"33: error: location "/a" is a duplicate of that at wafd.conf:1:17"#),
        Row("location ~ \"(a\" { }", #"28: error: bad pattern "(a": missing closing parenthesis at byte 2"#),
        Row(
            "location ~ \"(?!a)\" { }",
            #"28: error: bad pattern "(?!a)": lookaround at byte 0 is not regular"#),
        Row(
            "proxy_set_header \"a b\" c;",
            #"34: error: bad value of "proxy_set_header": expected a field name, found "a b""#),
        Row(
            "proxy_set_header a b\\nc;",
            #"36: error: bad value of "proxy_set_header": expected text without control characters, found "b\x0ac""#
        ),
        Row("proxy_set_header a $hots;", #"36: error: unknown variable "$hots", did you mean "$host"?"#),
        Row("proxy_set_header a ${x;", #"36: error: bad variable in "${x": expected "$name" or "${name}""#),
        Row(
            "proxy_set_header Content-Length 5;",
            #"34: error: "proxy_set_header": "Content-Length" is written by the gateway, which frames what it sends"#
        ),
        Row("waf_rules_file none.conf;", #"32: error: no such file: "none.conf""#),
        Row("waf_rules_file \"\";", #"32: error: bad value of "waf_rules_file": expected a file, found """#),
    ]

    /// The lines without those of warnings.
    private static func errors(_ text: String) -> [String] {
        report(text).split(separator: "\n").map { String($0) }.filter { $0.contains(": error: ") }
    }

    @Test(arguments: directiveRows) func directives(_ row: Row) {
        #expect(Self.errors(row.text) == row.want.split(separator: "\n").map { "wafd.conf:\($0)" })
    }

    @Test(arguments: valueRows) func values(_ row: Row) {
        #expect(Self.errors(row.text) == ["wafd.conf:\(row.want)"])
    }

    /// Columns count in `http { server { `, which is 16 characters.
    @Test(arguments: serverRows) func servers(_ row: Row) {
        #expect(report(server(row.text)) == "wafd.conf:1:" + row.want)
    }

    @Test func allErrorsAreReportedTogetherInOrder() {
        let files = ["/etc/wafd/b.conf": "listen 80 tls;\nlocation ~ [ { }"]
        let text = """
            worker_proceses 4;
            http {
                upstream app { server 10.0.0.1 wieght=2; }
                server {
                    include b.conf;
                    location / { proxy_pass https://app; }
                    location /x { proxy_pas http://app; }
                }
                server_name x;
            """
        #expect(
            report(text, files: files, extra: "pid;") == """
                -g:1:1: error: "pid" takes 1 argument, found 0
                wafd.conf:1:1: error: unknown directive "worker_proceses", did you mean "worker_processes"?
                wafd.conf:3:36: error: unknown parameter "wieght=2" of "server", expected "weight=N", "max_fails=N", "fail_timeout=TIME", "backup", "down"
                wafd.conf:6:33: error: "proxy_pass": "https://" is not supported, expected "http://"
                wafd.conf:7:23: error: unknown directive "proxy_pas", did you mean "proxy_pass"?
                wafd.conf:9:5: error: "server_name" is not allowed in http, only in server
                wafd.conf:9:19: error: unexpected end of file, expected "}" for the block opened at wafd.conf:2:6
                b.conf:1:11: error: unknown parameter "tls" of "listen", expected "default_server"
                b.conf:2:12: error: bad pattern "[": missing terminating ] for character class at byte 1
                """)
    }

    @Test func aMissingFileIsNamed() {
        let outcome = ConfigurationLoader.load(
            path: "conf/wafd.conf", prefix: "/opt", extraDirectives: "", files: MemoryFiles(texts: [:]),
            resolve: { _ in nil })
        guard case .failure(let errors) = outcome else {
            Issue.record("a missing file was loaded")
            return
        }
        #expect(
            errors.errors.map(\.description) == [
                #"/opt/conf/wafd.conf:1:1: error: can not read "/opt/conf/wafd.conf""#
            ])
    }
}
