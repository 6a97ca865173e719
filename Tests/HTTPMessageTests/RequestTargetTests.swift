import Bytes
import HTTPMessage
import Testing

@Suite("Request target: RFC 9112 section 3.2") struct RequestTargetTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var target: String
        var method = "GET"
        /// nil: the target has no form.
        var form: RequestTarget.Form?
        var authority: String? = nil
        var path = ""
        var query: String? = nil
        var originForm = ""
        var testDescription: String { "\(method) \(target)" }
    }

    static let rows = [
        Row(target: "/", form: .origin, path: "/", originForm: "/"),
        Row(target: "/a?b", form: .origin, path: "/a", query: "b", originForm: "/a?b"),
        Row(target: "/a?", form: .origin, path: "/a", query: "", originForm: "/a?"),
        Row(target: "/a?b?c#d", form: .origin, path: "/a", query: "b?c#d", originForm: "/a?b?c#d"),
        Row(target: "/a#d?x=1", form: .origin, path: "/a#d", query: "x=1", originForm: "/a#d?x=1"),
        Row(target: "//a/b", form: .origin, path: "//a/b", originForm: "//a/b"),
        Row(target: "http://h", form: .absolute, authority: "h", path: "/", originForm: "/"),
        Row(
            target: "HTTP://h:81/p?q", form: .absolute, authority: "h:81", path: "/p", query: "q",
            originForm: "/p?q"),
        Row(
            target: "https://h?q", form: .absolute, authority: "h", path: "/", query: "q",
            originForm: "/?q"),
        Row(target: "http://[::1]:80/", form: .absolute, authority: "[::1]:80", path: "/", originForm: "/"),
        Row(target: "http://", form: nil),
        Row(target: "http:///p", form: nil),
        Row(target: "http://u@h/", form: nil),
        Row(target: "http://h#f", form: nil),
        Row(target: "http://h:x/", form: nil),
        Row(target: "ftp://h/", form: nil),
        Row(target: "h:80", form: nil),
        Row(target: "a", form: nil),
        Row(target: "?a", form: nil),
        Row(target: "*", form: nil),
        Row(target: "*", method: "OPTIONS", form: .asterisk, path: "*", originForm: "*"),
        Row(target: "*a", method: "OPTIONS", form: nil),
        Row(target: "/a", method: "OPTIONS", form: .origin, path: "/a", originForm: "/a"),
        Row(target: "h:443", method: "CONNECT", form: .authority, authority: "h:443"),
        Row(target: "h", method: "CONNECT", form: nil),
        Row(target: "/", method: "CONNECT", form: nil),
    ]

    @Test(arguments: rows) func splits(_ row: Row) {
        var head = RequestHead()
        let line = "\(row.method) \(row.target)"
        withView(of: line) { head.begin(line: $0, count: $0.count) }
        head.setMethod(0..<row.method.utf8.count)
        let hasForm = head.setTarget((row.method.utf8.count + 1)..<line.utf8.count)
        #expect(hasForm == (row.form != nil))
        #expect(head.target.string == row.target)
        guard let form = row.form else { return }
        #expect(head.form == form)
        #expect(head.targetAuthority?.string == row.authority)
        #expect(head.path.string == row.path)
        #expect(head.query?.string == row.query)
        var output = ByteBuffer()
        head.appendOriginForm(to: &output)
        #expect(output.view.string == row.originForm)
    }

    @Test(arguments: [
        ("GET", RequestMethod.get), ("PUT", .put), ("HEAD", .head), ("POST", .post), ("TRACE", .trace),
        ("PATCH", .patch), ("DELETE", .delete), ("CONNECT", .connect), ("OPTIONS", .options),
        ("get", .other), ("GOT", .other), ("PROPFIND", .other), ("", .other), ("POSTS", .other),
    ])
    func knowsMethods(_ name: String, _ want: RequestMethod) {
        withView(of: name) { #expect(RequestMethod($0) == want) }
    }
}

@Suite("Authority: RFC 3986 section 3.2, RFC 9110 section 7.2") struct AuthorityTests {
    @Test(
        arguments: [
            ("a", "a", nil), ("a.example", "a.example", nil), ("a:80", "a", 80), ("a:", "a", nil),
            ("a:0", "a", 0), ("a:65535", "a", 65535), ("127.0.0.1:1", "127.0.0.1", 1),
            ("[::1]", "[::1]", nil), ("[::1]:443", "[::1]", 443),
            ("[::ffff:1.2.3.4]", "[::ffff:1.2.3.4]", nil),
            ("a_b-c.", "a_b-c.", nil), ("a:00080", "a", 80),
        ] as [(String, String, UInt16?)])
    func accepts(_ text: String, _ host: String, _ port: UInt16?) {
        withView(of: text) { view in
            let authority = Authority(view)
            #expect(authority?.host.string == host)
            #expect(authority?.port == port)
        }
    }

    @Test(arguments: [
        "", ":", ":80", "a:b", "a:65536", "a:99999999999999999999999", "a:-1", "a:+1", "a:80:80", "u@a",
        "a b", "a/b", "a?b", "a#b", "a\\b", "a\"b", "a<b", "a%2", "a%zz", "a%", "a%00", "a%1f", "a%7F", "a%20b",
        "a~", "!", "$a", "a&b", "a'b", "(a)", "*", "a+b", "a,b", "a;b", "a=b", "a..b", "..", "[", "[]", "[::1",
        "[::1]x", "[1.2.3.4]", "[::1%eth0]", "::1", "a\u{e4}", "a\u{0}", "a]", "a[b]",
    ])
    func refuses(_ text: String) {
        withView(of: text) { #expect(Authority($0) == nil) }
    }
}
