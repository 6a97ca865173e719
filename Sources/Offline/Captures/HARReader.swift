// HTTP archives (HAR 1.2), as browsers and proxies save them.

internal import BodyFormats
internal import Bytes

enum HARReader {
    private static let limits = JSONLimits(
        depth: 512, values: CaptureLimits.jsonValues, keyBytes: 64 << 10, pathBytes: 256 << 10,
        namedBytes: CaptureLimits.jsonNamedBytes)

    static func read(_ bytes: [UInt8], file: String) throws(CaptureError) -> [CapturedExchange] {
        let entries = try withView(of: bytes) { view throws(CaptureError) in
            try Self.entries(view, bytes, file)
        }
        guard !entries.isEmpty else { throw CaptureError(.noEntries, file: file) }
        var exchanges: [CapturedExchange] = []
        for (index, entry) in entries.enumerated() {
            do throws(HARMessageError) {
                if var exchange = try HARMessages.exchange(of: entry) {
                    exchange.name = "\(file), entry \(index + 1)"
                    exchanges.append(exchange)
                }
            } catch {
                throw CaptureError(.badEntry(number: index + 1, error.reason), file: file)
            }
        }
        return exchanges
    }

    private static func entries(
        _ view: ByteView, _ bytes: [UInt8], _ file: String
    ) throws(CaptureError) -> [HAREntry] {
        var entries: [HAREntry] = []
        var parser = JSONParser(view, limits: limits, arena: Arena())
        let prefix = Array("json.log.entries.array_".utf8)
        while true {
            let value: JSONValue?
            do throws(JSONError) {
                value = try parser.next()
            } catch {
                let place = CaptureReader.place(of: error.offset, in: bytes)
                throw CaptureError(
                    .badJSON(error.message), file: file, line: place.line, column: place.column)
            }
            guard let value else { return entries }
            guard value.kind != .null, starts(parser.path, with: prefix) else { continue }
            let path = parser.path[(prefix.count - "array_".utf8.count)...].string.split(separator: ".")
            guard let first = path.first, let number = index(first) else { continue }
            guard number < CaptureLimits.exchanges else {
                throw CaptureError(.tooManyEntries(limit: CaptureLimits.exchanges), file: file)
            }
            while entries.count <= number { entries.append(HAREntry()) }
            guard entries[number].take(Array(path.dropFirst()), value.text.string) else {
                let place = CaptureReader.place(of: value.offset, in: bytes)
                throw CaptureError(
                    .badEntry(number: number + 1, "\(path.dropFirst().joined(separator: ".")) is no list"),
                    file: file, line: place.line, column: place.column)
            }
        }
    }

    /// `array_12` is 12.
    static func index(_ name: Substring) -> Int? {
        name.hasPrefix("array_") ? Int(name.dropFirst("array_".utf8.count)) : nil
    }

    private static func starts(_ path: ByteView, with prefix: [UInt8]) -> Bool {
        path.count > prefix.count && prefix.indices.allSatisfy { path[$0] == prefix[$0] }
    }
}
