// A file of any known form as a series of exchanges.

internal import Bytes

package enum CaptureReader {
    /// A HAR and lines of an audit log are told by their first bytes: no request begins with `{`.
    ///
    /// - Parameters:
    ///   - file: The name for messages.
    ///   - response: A file of raw responses to the requests, in their order.
    ///   - repairs: Whether a raw file was written by hand: line ends of its heads become CR LF, and
    ///     Content-Length becomes what follows.
    package static func read(
        _ bytes: [UInt8], file: String, response: (bytes: [UInt8], file: String)? = nil, repairs: Bool = false
    ) throws(CaptureError) -> [CapturedExchange] {
        guard !bytes.isEmpty else { throw CaptureError(.empty, file: file) }
        guard bytes.count <= CaptureLimits.fileBytes else {
            throw CaptureError(.tooLong(limitBytes: CaptureLimits.fileBytes), file: file)
        }
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let text = isMarked ? Array(bytes.dropFirst(3)) : bytes
        if text.first(where: { !ASCII.isBlank($0) && $0 != 0x0A && $0 != 0x0D }) == ASCII.byte("{") {
            if AuditLineReader.reads(text) { return try AuditLineReader.read(text, file: file) }
            return try HARReader.read(text, file: file)
        }
        var exchanges = try RawReader.requests(
            repairs ? RawRepair.message(bytes) : bytes, file: file)
        if let response {
            let repaired = repairs ? RawRepair.message(response.bytes) : response.bytes
            try RawReader.add(responses: repaired, file: response.file, to: &exchanges)
        }
        return exchanges
    }

    /// Line and column of an offset, from 1.
    static func place(of offset: Int, in bytes: some Sequence<UInt8>) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        for byte in bytes.prefix(offset) {
            if byte == 0x0A { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return (line, column)
    }
}
