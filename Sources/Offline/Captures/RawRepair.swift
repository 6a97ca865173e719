// Requests and responses that were written by hand.

internal import Bytes

enum RawRepair {
    /// The first message of a file with CR LF at the ends of its head's lines and a Content-Length that
    /// fits; all that follows its head is its body. A chunked body stays as it is.
    static func message(_ bytes: [UInt8]) -> [UInt8] {
        var head: [UInt8] = []
        var lines: [[UInt8]] = []
        var offset = 0
        while offset < bytes.count {
            let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
            var line = Array(bytes[offset..<end])
            if line.last == 0x0D { line.removeLast() }
            offset = min(end + 1, bytes.count)
            if line.isEmpty { break }
            lines.append(line)
        }
        let body = bytes[offset...]
        let isChunked = lines.contains { has($0, "transfer-encoding:") }
        let hasLength = lines.contains { has($0, "content-length:") }
        for line in lines where isChunked || !has(line, "content-length:") { head += line + [0x0D, 0x0A] }
        if !isChunked, hasLength || !body.isEmpty { head += Array("Content-Length: \(body.count)\r\n".utf8) }
        return head + [0x0D, 0x0A] + body
    }

    private static func has(_ line: [UInt8], _ name: String) -> Bool {
        line.prefix(name.utf8.count).map { ASCII.lowercased($0) } == Array(name.utf8)
    }
}
