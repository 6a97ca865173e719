import Bytes
import HTTP1
import HTTPMessage
import Testing

@Suite("Chunked coding: RFC 9112 section 7.1") struct ChunkedDecoderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var wire: String
        var want: BodyOutcome
        var testDescription: String { wire.debugDescription }

        init(_ wire: String, content: String, rest: Int = 0) {
            self.wire = wire
            want = .end(content: content, rest: rest)
        }

        init(_ wire: String, refused error: HTTP1Error) {
            self.wire = wire
            want = .refused(error)
        }

        init(_ wire: String, needsMoreAfter content: String) {
            self.wire = wire
            want = .needsMore(content: content)
        }
    }

    static let sizes = [
        Row("0\r\n\r\n", content: ""),
        Row("5\r\nhello\r\n0\r\n\r\n", content: "hello"),
        Row("5\r\nhello\r\n1\r\n \r\n00\r\n\r\nGET", content: "hello ", rest: 3),
        Row("a\r\n0123456789\r\n0\r\n\r\n", content: "0123456789"),
        Row("A\r\n0123456789\r\n0\r\n\r\n", content: "0123456789"),
        Row("00000000000000000000002\r\n\r\n\r\n0\r\n\r\n", content: "\r\n"),
        Row("7fffffffffffffff\r\nab", needsMoreAfter: "ab"),
        Row("5\r\nhel", needsMoreAfter: "hel"),
        Row("5\r\nhello\r\n0\r\n\r", needsMoreAfter: "hello"),
        Row("8000000000000000\r\n", refused: .chunkSizeOverflow),
        Row("ffffffffffffffff\r\n", refused: .chunkSizeOverflow),
        Row("10000000000000005\r\nhello\r\n", refused: .chunkSizeOverflow),
        Row("\r\n", refused: .invalidChunkSize),
        Row(" 5\r\nhello\r\n", refused: .invalidChunkSize),
        Row("5 \r\nhello\r\n", refused: .invalidChunkSize),
        Row("5\t\r\nhello\r\n", refused: .invalidChunkSize),
        Row("0x5\r\nhello\r\n", refused: .invalidChunkSize),
        Row("+5\r\nhello\r\n", refused: .invalidChunkSize),
        Row("-5\r\nhello\r\n", refused: .invalidChunkSize),
        Row("5h\r\nhello\r\n", refused: .invalidChunkSize),
        Row("5,5\r\nhello\r\n", refused: .invalidChunkSize),
        Row("5_0\r\nhello\r\n", refused: .invalidChunkSize),
        Row("5\u{0}\r\nhello\r\n", refused: .invalidChunkSize),
        Row(";a=b\r\nhello\r\n", refused: .invalidChunkSize),
        Row("5\nhello\r\n", refused: .bareLineFeed),
        Row("\n5\r\nhello\r\n", refused: .bareLineFeed),
        Row("5\rhello\r\n", refused: .bareCarriageReturn),
        Row("5\r\r\nhello\r\n", refused: .bareCarriageReturn),
        Row("5\r\nhello0\r\n\r\n", refused: .missingChunkEnd),
        Row("5\r\nhello\n0\r\n\r\n", refused: .missingChunkEnd),
        Row("5\r\nhello\rx0\r\n\r\n", refused: .missingChunkEnd),
        Row("5\r\nhello\r\n\r\n", refused: .invalidChunkSize),
        Row("5\r\nhello world\r\n0\r\n\r\n", refused: .missingChunkEnd),
    ]

    static let extensions = [
        Row("1;a\r\nx\r\n0;b=c\r\n\r\n", content: "x"),
        Row("1;a=b;c=\"d;\\\"e\r\"\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a=b;c=\"d;\\\"e\t \u{e4}\";f\r\nx\r\n0\r\n\r\n", content: "x"),
        Row("1; a = b ;\tc\r\nx\r\n0\r\n\r\n", content: "x"),
        Row("1; a= \"\" ;c\r\nx\r\n0\r\n\r\n", content: "x"),
        Row("1;\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;;a\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a \r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a=\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a=b=c\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a=b c\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a b\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a=\"b\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a=\"b\\\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a=\"b\"c\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a\u{0}\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a=\"\u{7f}\"\r\nx\r\n", refused: .invalidChunkExtension),
        Row("1;a\nx\r\n", refused: .bareLineFeed),
        Row("1;a=\"\n\"\r\nx\r\n", refused: .bareLineFeed),
        Row("1;a\rx\r\n", refused: .bareCarriageReturn),
    ]

    static let trailers = [
        Row("0\r\nA: b\r\n\r\n", content: ""),
        Row("1\r\nx\r\n0\r\nA:\r\nB-c: \t\u{e4} d\r\n\r\nrest", content: "x", rest: 4),
        Row("0\r\nA: b\r\n", needsMoreAfter: ""),
        Row("0\r\nA\r\n\r\n", refused: .missingColon),
        Row("0\r\n: b\r\n\r\n", refused: .emptyFieldName),
        Row("0\r\nA : b\r\n\r\n", refused: .blankInFieldName),
        Row("0\r\n A: b\r\n\r\n", refused: .obsoleteFold),
        Row("0\r\nA: b\r\n c\r\n\r\n", refused: .obsoleteFold),
        Row("0\r\nA(: b\r\n\r\n", refused: .invalidFieldName(byte: 0x28)),
        Row("0\r\nA: \u{0}\r\n\r\n", refused: .controlInFieldValue(byte: 0)),
        Row("0\r\nA: b\n\r\n", refused: .bareLineFeed),
        Row("0\r\n\n", refused: .bareLineFeed),
        Row("0\r\nA: b\rc\r\n\r\n", refused: .bareCarriageReturn),
        Row("0\r\n\rx", refused: .bareCarriageReturn),
        Row("0\r\nGET / HTTP/1.1\r\n\r\n", refused: .blankInFieldName),
    ]

    static let rows = sizes + extensions + trailers

    @Test(arguments: rows) func decodes(_ row: Row) {
        let wire = latin1(row.wire)
        #expect(decodeBody(wire, pieces: [wire.count]) == row.want)
    }

    /// Every way to cut the wire into two or three pieces, and one byte at a time.
    @Test(arguments: rows) func piecesChangeNothing(_ row: Row) {
        let wire = latin1(row.wire)
        for first in 0...wire.count {
            for second in first...wire.count {
                let pieces = [first, second - first, wire.count - second]
                #expect(decodeBody(wire, pieces: pieces) == row.want)
            }
        }
        #expect(decodeBody(wire, pieces: Array(repeating: 1, count: wire.count)) == row.want)
    }

    @Test func limits() {
        var limits = HTTPLimits()
        let outcome = { (wire: String, limits: HTTPLimits) in
            let bytes = latin1(wire)
            let whole = decodeBody(bytes, pieces: [bytes.count], limits: limits)
            #expect(
                decodeBody(bytes, pieces: Array(repeating: 1, count: bytes.count), limits: limits) == whole)
            return whole
        }
        limits.maxChunkLineBytes = 4
        #expect(outcome("1;ab\r\nx\r\n0\r\n\r\n", limits) == .end(content: "x", rest: 0))
        #expect(outcome("0001\r\nx\r\n0;ab\r\n\r\n", limits) == .end(content: "x", rest: 0))
        #expect(outcome("1;abc\r\nx\r\n0\r\n\r\n", limits) == .refused(.chunkLineTooLong(limit: 4)))
        #expect(outcome("00001\r\nx\r\n0\r\n\r\n", limits) == .refused(.chunkLineTooLong(limit: 4)))

        limits = HTTPLimits()
        limits.maxChunkExtensionBytes = 4
        #expect(outcome("1;a\r\nx\r\n0;b\r\n\r\n", limits) == .end(content: "x", rest: 0))
        #expect(outcome("1;a\r\nx\r\n0;bc\r\n\r\n", limits) == .refused(.chunkExtensionsTooLong(limit: 4)))

        limits = HTTPLimits()
        limits.maxTrailerBytes = 6
        #expect(outcome("0\r\nA: b\r\n\r\n", limits) == .end(content: "", rest: 0))
        #expect(outcome("0\r\nA: bc\r\n\r\n", limits) == .refused(.trailerTooLong(limit: 6)))
        limits.maxTrailerBytes = 0
        #expect(outcome("0\r\n\r\n", limits) == .end(content: "", rest: 0))
        #expect(outcome("0\r\nA", limits) == .refused(.trailerTooLong(limit: 0)))
    }

    @Test func saysTheEndAgain() throws {
        var decoder = ChunkedDecoder(limits: HTTPLimits())
        let wire = "0\r\n\r\n0\r\n"
        #expect(try withView(of: wire) { try decoder.decode($0, from: 0) } == .end(consumedTo: 5))
        #expect(decoder.isComplete)
        #expect(try withView(of: wire) { try decoder.decode($0, from: 5) } == .end(consumedTo: 5))
    }

    @Test(
        "What the encoder writes is decoded to the same",
        arguments: [
            1, 9, 10, 15, 16, 17, 255, 256, 4095, 4096, 65535, 65536, 1 << 20,
        ])
    func roundTrip(_ bytes: Int) {
        var output = ByteBuffer()
        let content = [UInt8](repeating: 0x61, count: bytes)
        for _ in 0..<2 {
            ChunkedEncoder.appendChunkHead(bytes: bytes, to: &output)
            output.append(contentsOf: content)
            ChunkedEncoder.appendChunkTail(to: &output)
        }
        ChunkedEncoder.appendEnd(to: &output)
        #expect(output.view.string.hasPrefix(String(bytes, radix: 16) + "\r\n"))
        let wire = output.view.array
        #expect(
            decodeBody(wire, pieces: [wire.count])
                == .end(content: String(repeating: "a", count: 2 * bytes), rest: 0))
    }
}

@Suite("Body of any framing: RFC 9112 sections 6.3 and 8") struct BodyDecoderTests {
    static func pieces(_ wire: [UInt8]) -> [[Int]] {
        [[wire.count], Array(repeating: 1, count: wire.count)]
            + (0...wire.count).map { [$0, wire.count - $0] }
    }

    @Test func knownLength() {
        let wire = latin1("hello world")
        for pieces in Self.pieces(wire) {
            #expect(decodeBody(wire, .length(5), pieces: pieces) == .end(content: "hello", rest: 6))
            #expect(
                decodeBody(wire, .length(11), pieces: pieces + [0]) == .end(content: "hello world", rest: 0))
            #expect(decodeBody(wire, .length(12), pieces: pieces) == .needsMore(content: "hello world"))
            #expect(decodeBody(wire, .length(.max), pieces: pieces) == .needsMore(content: "hello world"))
            #expect(decodeBody(wire, .length(0), pieces: pieces) == .end(content: "", rest: 11))
            #expect(decodeBody(wire, .none, pieces: pieces) == .end(content: "", rest: 11))
            #expect(decodeBody(wire, .untilClose, pieces: pieces) == .needsMore(content: "hello world"))
        }
    }

    @Test func countsWhatItHandsOut() throws {
        var decoder = BodyDecoder(.length(5), limits: HTTPLimits())
        #expect(try withView(of: "hel") { try decoder.decode($0, from: 1) } == .data(1..<3))
        #expect(decoder.contentBytes == 2 && decoder.remainingBytes == 3 && !decoder.isComplete)
        #expect(throws: HTTP1Error.truncatedBody) { try decoder.inputEnded() }
        #expect(try withView(of: "lo!!") { try decoder.decode($0, from: 0) } == .data(0..<3))
        #expect(decoder.contentBytes == 5 && decoder.remainingBytes == 0 && decoder.isComplete)
        try decoder.inputEnded()
    }

    @Test func endOfInput() throws {
        var chunked = BodyDecoder(.chunked, limits: HTTPLimits())
        #expect(chunked.remainingBytes == nil)
        #expect(throws: HTTP1Error.truncatedBody) { try chunked.inputEnded() }
        #expect(try withView(of: "0\r\n\r\n") { try chunked.decode($0, from: 0) } == .end(consumedTo: 5))
        try chunked.inputEnded()
        let open = BodyDecoder(.untilClose, limits: HTTPLimits())
        #expect(!open.isComplete && open.remainingBytes == nil)
        try open.inputEnded()
        try BodyDecoder(.none, limits: HTTPLimits()).inputEnded()
    }
}
