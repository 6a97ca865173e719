// Entries of a HAR as bytes of HTTP/1: what the browser showed decoded is framed anew.

internal import Bytes

/// What an entry lacks, for the operator.
struct HARMessageError: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
}

enum HARMessages {
    /// nil for what never was a request to a server: `data:`, `blob:`, extensions.
    static func exchange(of entry: HAREntry) throws(HARMessageError) -> CapturedExchange? {
        guard let method = entry.method, !method.isEmpty else {
            throw HARMessageError("request.method is missing")
        }
        guard let url = entry.url else { throw HARMessageError("request.url is missing") }
        guard let place = HARAddress(url) else {
            if HARAddress.isLocal(url) { return nil }
            throw HARMessageError("request.url is no http or https URL: \(url.prefix(80))")
        }
        guard !breaksLines(method), !breaksLines(url), !breaksLines(entry.statusText ?? "") else {
            throw HARMessageError("the method, the URL or the status text holds a line end")
        }
        var exchange = CapturedExchange(name: "", request: [])
        var head = "\(method) \(place.target) \(version(entry.request.httpVersion))\r\n"
        if !has(entry.request, "host") { head += "Host: \(place.authority)\r\n" }
        exchange.request = try message(
            head: head, entry.request, dropping: ["content-length", "transfer-encoding"],
            body: try requestBody(entry, &exchange.notes))
        exchange.messages = try entry.messages.map(Self.message)
        guard let status = entry.status.flatMap({ Int($0) }), status != 0 else { return exchange }
        guard (100...999).contains(status) else { throw HARMessageError("response.status is \(status)") }
        let content = try body(entry.response, "response.content")
        let line = "\(version(entry.response.httpVersion)) \(status) \(entry.statusText ?? "")\r\n"
        // The content is what the browser made of the body: decoded.
        exchange.response = try message(
            head: line, entry.response,
            dropping: ["content-length", "transfer-encoding", "content-encoding"],
            body: content ?? [])
        if content == nil { exchange.notes.append("the response's body is not in the file") }
        return exchange
    }

    /// Binary messages stand in base64.
    private static func message(_ message: HAREntry.SocketMessage) throws(HARMessageError) -> CapturedMessage
    {
        guard message.type == "send" || message.type == "receive" else {
            throw HARMessageError(
                "_webSocketMessages.type is \"\(message.type ?? "")\", expected send or receive")
        }
        let isText = message.opcode != "2"
        var body = HAREntry.Message()
        body.text = message.data ?? ""
        body.encoding = isText ? nil : "base64"
        return CapturedMessage(
            isFromClient: message.type == "send", isText: isText,
            payload: try self.body(body, "_webSocketMessages") ?? [])
    }

    private static func requestBody(
        _ entry: HAREntry, _ notes: inout [String]
    ) throws(HARMessageError) -> [UInt8]? {
        if let body = try body(entry.request, "request.postData") { return body }
        if !entry.parameters.isEmpty {
            guard entry.formType?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? true else {
                notes.append("the request's body is in the file only as parameters, and is left out")
                return nil
            }
            return Array(
                entry.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&").utf8)
        }
        if entry.request.fields.contains(where: {
            $0.name.lowercased() == "content-length" && $0.value != "0"
        }) {
            notes.append("the request's body is not in the file")
        }
        return nil
    }

    private static func body(_ message: HAREntry.Message, _ name: String) throws(HARMessageError) -> [UInt8]?
    {
        guard let text = message.text else { return nil }
        switch message.encoding?.lowercased() ?? "" {
        case "": return Array(text.utf8)
        case "base64":
            let bytes: [UInt8]? = withView(of: Array(text.utf8)) { view in
                var output = ByteBuffer()
                guard Base64.decode(view, into: &output) else { return nil }
                return output.view.indices.map { output.view[$0] }
            }
            guard let bytes else { throw HARMessageError("\(name).text is no base64") }
            return bytes
        case let other: throw HARMessageError("\(name).encoding is \"\(other)\", expected \"base64\"")
        }
    }

    private static func message(
        head: String, _ message: HAREntry.Message, dropping dropped: Set<String>, body: [UInt8]?
    ) throws(HARMessageError) -> [UInt8] {
        var text = head
        for field in message.fields {
            let name = field.name.lowercased()
            // Those of HTTP/2 with a colon have gone into the start line.
            if name.hasPrefix(":") || dropped.contains(name) { continue }
            guard !breaksLines(field.name), !breaksLines(field.value) else {
                throw HARMessageError("the header \"\(name.prefix(40))\" holds a line end")
            }
            text += "\(field.name): \(field.value)\r\n"
        }
        if let body { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8) + (body ?? [])
    }

    private static func breaksLines(_ text: String) -> Bool {
        text.utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0 }
    }

    private static func has(_ message: HAREntry.Message, _ name: String) -> Bool {
        message.fields.contains { $0.name.lowercased() == name }
    }

    /// HTTP/2 and 3 are judged as 1.1.
    private static func version(_ text: String?) -> String {
        text?.uppercased() == "HTTP/1.0" ? "HTTP/1.0" : "HTTP/1.1"
    }
}

/// The parts of an absolute URL that a request carries.
struct HARAddress {
    var authority: String
    /// Path and query.
    var target: String

    /// nil unless it is of a scheme that HTTP carries.
    init?(_ url: String) {
        guard let colon = url.range(of: "://"),
            ["http", "https", "ws", "wss"].contains(url[..<colon.lowerBound].lowercased())
        else { return nil }
        let rest = url[colon.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        // A user and a password before `@` are no part of a request.
        authority = rest[..<end].split(separator: "@").last.map(String.init) ?? ""
        let path = String(rest[end...])
        target = path.hasPrefix("/") ? path : "/" + path
    }

    /// Whether browsers load it without asking a server.
    static func isLocal(_ url: String) -> Bool {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        return ["data", "blob", "file", "about", "chrome-extension", "moz-extension"].contains(scheme)
    }
}

extension String {
    /// The first place of `text`; the library's own lies in Foundation.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
