// Lines of the audit log, ours and libmodsecurity's: one JSON object each, with the request as far as its parts
// were logged.

internal import BodyFormats
internal import Bytes

enum AuditLineReader {
    private static let prefix = "json.transaction."
    private static let limits = JSONLimits(
        depth: 64, values: 100_000, keyBytes: 64 << 10, pathBytes: 256 << 10, namedBytes: 64 << 20)

    /// Whether a file is of such lines: its first object has a member `transaction`.
    static func reads(_ bytes: [UInt8]) -> Bool {
        let start = bytes.prefix(64).filter { !ASCII.isBlank($0) && $0 != 0x0A && $0 != 0x0D }
        return start.starts(with: Array("{\"transaction\"".utf8))
    }

    static func read(_ bytes: [UInt8], file: String) throws(CaptureError) -> [CapturedExchange] {
        var exchanges: [CapturedExchange] = []
        var number = 0
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            guard line.contains(where: { !ASCII.isBlank($0) && $0 != 0x0D }) else { continue }
            guard exchanges.count < CaptureLimits.exchanges else {
                throw CaptureError(.tooManyEntries(limit: CaptureLimits.exchanges), file: file)
            }
            exchanges.append(try exchange(Array(line), file, number))
        }
        return exchanges
    }

    /// What a line says of the request.
    private struct Members {
        var method: String?
        var uri: String?
        var version = "1.1"
        var body: [UInt8]?
        var fields: [(name: String, value: String)] = []
        var client: String?
        var isCut = false
    }

    private static func exchange(_ line: [UInt8], _ file: String, _ number: Int) throws(CaptureError)
        -> CapturedExchange
    {
        let members = try withView(of: line) { view throws(CaptureError) in
            try Self.members(view, file, number)
        }
        guard let method = members.method, let uri = members.uri else {
            throw CaptureError(
                .badEntry(number: number, "transaction.request has no method or no uri"), file: file,
                line: number)
        }
        let texts = [method, uri] + members.fields.flatMap { [$0.name, $0.value] }
        guard !texts.contains(where: { $0.utf8.contains { $0 == 0x0A || $0 == 0x0D } }) else {
            throw CaptureError(
                .badEntry(number: number, "the head holds a line end"), file: file, line: number)
        }
        var exchange = CapturedExchange(name: "\(file), line \(number)", request: [])
        var head = "\(method) \(uri) HTTP/\(members.version)\r\n"
        for field in members.fields
        where !["content-length", "transfer-encoding"].contains(field.name.lowercased()) {
            head += "\(field.name): \(field.value)\r\n"
        }
        if let body = members.body { head += "Content-Length: \(body.count)\r\n" }
        exchange.request = Array((head + "\r\n").utf8) + (members.body ?? [])
        if members.fields.isEmpty { exchange.notes.append("the line has no header fields (part B)") }
        if members.body == nil,
            members.fields.contains(where: { $0.name.lowercased() == "content-length" && $0.value != "0" })
        {
            exchange.notes.append("the line has no request body (part C or I)")
        }
        if members.isCut { exchange.notes.append("the line was cut when it was written") }
        return exchange
    }

    private static func members(_ view: ByteView, _ file: String, _ number: Int) throws(CaptureError)
        -> Members
    {
        var members = Members()
        var parser = JSONParser(view, limits: limits, arena: Arena())
        while true {
            let value: JSONValue?
            do throws(JSONError) {
                value = try parser.next()
            } catch {
                throw CaptureError(
                    .badJSON(error.message), file: file, line: number, column: error.offset + 1)
            }
            guard let value else { return members }
            let path = parser.path.string
            guard path.hasPrefix(prefix), value.kind != .null else { continue }
            switch path.dropFirst(prefix.count) {
            case "request.method": members.method = value.text.string
            case "request.uri": members.uri = value.text.string
            case "request.http_version":
                members.version = value.text.string == "0" ? "1.1" : value.text.string
            case "request.body": members.body = value.text.array
            case "client_ip": members.client = value.text.string
            case let other where other.hasPrefix("request.headers."):
                members.fields.append((String(other.dropFirst("request.headers.".count)), value.text.string))
            case let other where other.hasPrefix("truncated") || other.hasPrefix("cut"): members.isCut = true
            default: break
            }
        }
    }
}
