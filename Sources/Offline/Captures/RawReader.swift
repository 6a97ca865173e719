// Raw files: messages one behind the other, cut apart as the gateway would (RFC 9112 section 6).

internal import Bytes
internal import HTTP1
internal import HTTPMessage

enum RawReader {
    /// The requests of a file. What the gateway refuses takes all that follows with it, as it ends the
    /// connection.
    static func requests(_ bytes: [UInt8], file: String) throws(CaptureError) -> [CapturedExchange] {
        let ranges = try withView(of: bytes) { view throws(CaptureError) in
            try Cutter(view, file).requests()
        }
        return ranges.enumerated().map { index, range in
            CapturedExchange(
                name: ranges.count == 1 ? file : "\(file), request \(index + 1)",
                request: Array(bytes[range]))
        }
    }

    static func add(
        responses bytes: [UInt8], file: String, to exchanges: inout [CapturedExchange]
    ) throws(CaptureError) {
        let methods = exchanges.map { method(of: $0.request) }
        let ranges = try withView(of: bytes) { view throws(CaptureError) in
            try Cutter(view, file).responses(to: methods)
        }
        for (index, range) in ranges.enumerated() { exchanges[index].response = Array(bytes[range]) }
    }

    private static func method(of request: [UInt8]) -> RequestMethod {
        withView(of: request) { view in
            var head = RequestHead()
            var parser = RequestParser()
            do throws(HTTP1Error) {
                _ = try parser.parse(view, limits: HTTPLimits(), into: &head)
            } catch {
                // A refused request has no response of an application; its method matters to nobody.
                return .other
            }
            return head.knownMethod
        }
    }

    /// Finds where messages end.
    private struct Cutter {
        let bytes: ByteView
        let file: String
        let limits = HTTPLimits()

        init(_ bytes: ByteView, _ file: String) {
            self.bytes = bytes
            self.file = file
        }

        func requests() throws(CaptureError) -> [Range<Int>] {
            var ranges: [Range<Int>] = []
            var start = 0
            while start < bytes.count, ranges.isEmpty || !isBlank(from: start) {
                guard ranges.count < CaptureLimits.exchanges else {
                    throw CaptureError(.tooManyEntries(limit: CaptureLimits.exchanges), file: file)
                }
                let end = try requestEnd(from: start) ?? bytes.count
                ranges.append(start..<end)
                start = end
            }
            return ranges
        }

        /// nil for a request that is refused.
        private func requestEnd(from start: Int) throws(CaptureError) -> Int? {
            var head = RequestHead()
            var parser = RequestParser()
            var length: Int?
            var framing: MessageFraming?
            do {
                length = try parser.parse(bytes[start...], limits: limits, into: &head)
                if length != nil { framing = try MessageFraming.request(&head) }
            } catch {
                return nil
            }
            guard let length else { throw incompleteHead }
            guard let framing else { return nil }
            return try bodyEnd(framing.body, from: start + length)
        }

        func responses(to methods: [RequestMethod]) throws(CaptureError) -> [Range<Int>] {
            var ranges: [Range<Int>] = []
            var start = 0
            while start < bytes.count, ranges.isEmpty || !isBlank(from: start) {
                guard ranges.count < methods.count else {
                    throw CaptureError(
                        .responsesLeftOver(requests: methods.count), file: file,
                        line: CaptureReader.place(of: start, in: bytes.indices.lazy.map { bytes[$0] }).line)
                }
                let end = try responseEnd(from: start, to: methods[ranges.count])
                ranges.append(start..<end)
                start = end
            }
            return ranges
        }

        /// Interim responses belong to the one that they announce.
        private func responseEnd(from start: Int, to method: RequestMethod) throws(CaptureError) -> Int {
            var offset = start
            while true {
                var head = ResponseHead()
                var parser = ResponseParser()
                let line = CaptureReader.place(of: offset, in: bytes.indices.lazy.map { bytes[$0] }).line
                var framing: MessageFraming?
                var length: Int?
                do {
                    length = try parser.parse(bytes[offset...], limits: limits, into: &head)
                    if length != nil { framing = try MessageFraming.response(&head, to: method) }
                } catch {
                    throw CaptureError(.badResponse("\(error)"), file: file, line: line)
                }
                guard let length, let framing else { throw incompleteHead }
                offset += length
                if head.status == 101 { return bytes.count }
                if !head.isInterim { return try bodyEnd(framing.body, from: offset) ?? bytes.count }
            }
        }

        /// nil for a body whose framing is broken: the walk tells what is wrong.
        private func bodyEnd(_ length: BodyLength, from start: Int) throws(CaptureError) -> Int? {
            var decoder = BodyDecoder(length, limits: limits)
            var offset = start
            while true {
                let step: BodyStep
                do throws(HTTP1Error) {
                    step = try decoder.decode(bytes, from: offset)
                } catch {
                    return nil
                }
                switch step {
                case .data(let range): offset = range.upperBound
                case .end(let end): return end
                case .needsMore:
                    if length == .untilClose { return bytes.count }
                    if let missing = decoder.remainingBytes {
                        throw CaptureError(.bodyIncomplete(missingBytes: missing), file: file)
                    }
                    throw CaptureError(.chunkedBodyIncomplete, file: file)
                }
            }
        }

        private var incompleteHead: CaptureError {
            CaptureError(
                .headIncomplete, file: file,
                line: CaptureReader.place(of: bytes.count, in: bytes.indices.lazy.map { bytes[$0] }).line)
        }

        /// Line ends that editors put behind a body.
        private func isBlank(from start: Int) -> Bool {
            (start..<bytes.count).allSatisfy { bytes[$0] == 0x0A || bytes[$0] == 0x0D }
        }
    }
}
