// The requests that are measured: ordinary ones, an attack, and long arguments.

import Bytes

/// A request as the engine takes it in, with its bytes.
struct MixedRequest {
    var method = "GET"
    var target = "/"
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []

    static let browser: [(name: String, value: String)] = [
        ("Host", "shop.example.test"),
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
        ("Accept-Language", "en-GB,en;q=0.9,de;q=0.7"),
        ("Accept-Encoding", "gzip, deflate, br"),
        ("Referer", "https://shop.example.test/catalogue?page=2"),
        ("Cookie", "session=3f9c1b7ae0d84c52b1d7; theme=dark; basket=41-7-19; consent=necessary"),
        ("Cache-Control", "max-age=0"),
        ("Upgrade-Insecure-Requests", "1"),
    ]
}

/// Kinds of requests; each gives a number of different ones from a fixed seed.
enum RequestMix: String, CaseIterable {
    case get, form, json, attack, upload, big, prose, base64, source, soup

    func requests(count: Int) -> [MixedRequest] {
        var text = TextSource()
        return (0..<count).map { _ in request(&text) }
    }

    private func request(_ text: inout TextSource) -> MixedRequest {
        switch self {
        case .get:
            let query = "page=\(text.number(500))&sort=price&colour=\(text.value(10))"
            return MixedRequest(target: "/catalogue/chairs?\(query)", fields: MixedRequest.browser)
        case .attack:
            let attack = "%27%20UNION%20SELECT%20user,password%20FROM%20users--%20-"
            return MixedRequest(target: "/catalogue?id=\(text.number(9_999))\(attack)", fields: MixedRequest.browser)
        case .form: return form(text.fields(10, 24), to: "/account/address")
        case .big: return form(text.fields(900, 100), to: "/import")
        case .json:
            let rows = (0..<12).map { _ in text.row() }.joined(separator: ",")
            return post("{\"customer\":4711,\"items\":[\(rows)]}", "application/json", to: "/api/basket")
        case .upload: return upload()
        case .prose: return form("text=\(text.prose(65_536))", to: "/note")
        case .base64: return form("text=\(text.base64(65_536))", to: "/note")
        case .source: return form("text=\(text.source(65_536))", to: "/note")
        case .soup: return form("text=\(text.soup(65_536))", to: "/note")
        }
    }

    private func form(_ body: String, to target: String) -> MixedRequest {
        post(body, "application/x-www-form-urlencoded", to: target)
    }

    private func post(_ body: String, _ type: String, to target: String) -> MixedRequest {
        let bytes = Array(body.utf8)
        return MixedRequest(
            method: "POST", target: target,
            fields: MixedRequest.browser + [("Content-Type", type), ("Content-Length", "\(bytes.count)")],
            body: bytes)
    }

    private func upload() -> MixedRequest {
        let boundary = "----formBoundary7MA4YWxkTrZu0gW"
        func part(_ name: String, _ value: String) -> String {
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        var bytes = Array((part("title", "A chair") + part("alt", "wooden")).utf8)
        bytes += Array(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"chair.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
                .utf8)
        for _ in 0..<3_072 { bytes += [1, 2, 3, 200, 201, 202, 0x4A, 0x46, 0x49, 0x46] }
        bytes += Array("\r\n--\(boundary)--\r\n".utf8)
        return MixedRequest(
            method: "POST", target: "/account/photo",
            fields: MixedRequest.browser + [
                ("Content-Type", "multipart/form-data; boundary=\(boundary)"), ("Content-Length", "\(bytes.count)"),
            ],
            body: bytes)
    }
}

extension RequestMix {
    /// Requests that take milliseconds.
    var isLong: Bool {
        switch self {
        case .get, .form, .json, .attack, .upload: false
        case .big, .prose, .base64, .source, .soup: true
        }
    }
}
