internal import Bytes
internal import Testing
internal import WebSocket

@Suite("Extension negotiation: RFC 6455 section 9.1, RFC 7692 section 7.1") struct DeflateOfferTests {
    static func offer(_ values: String...) throws(ExtensionError) -> DeflateOffer {
        let bytes = values.map { Array($0.utf8) }
        func read(_ index: Int, _ views: [ByteView]) throws(ExtensionError) -> DeflateOffer {
            guard index < bytes.count else { return try DeflateOffer(fieldValues: views) }
            return try withView(bytes[index]) { view throws(ExtensionError) in
                try read(index + 1, views + [view])
            }
        }
        return try read(0, [])
    }

    static func written(_ offer: DeflateOffer) -> String {
        var output = ByteBuffer()
        offer.write(to: &output)
        return output.view.string
    }

    static let filtered: [(String, String)] = [
        ("permessage-deflate", "permessage-deflate"),
        ("permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits"),
        ("Permessage-Deflate;CLIENT_MAX_WINDOW_BITS=\"10\"", "permessage-deflate; client_max_window_bits=10"),
        ("permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=8"),
        (
            "permessage-deflate; client_no_context_takeover ; server_no_context_takeover;client_max_window_bits = 15; server_max_window_bits=9",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9; client_max_window_bits=15"
        ),
        ("x-webkit-deflate-frame, permessage-deflate", "permessage-deflate"),
        (
            "permessage-deflate; server_max_window_bits=10, permessage-deflate",
            "permessage-deflate; server_max_window_bits=10, permessage-deflate"
        ),
        ("permessage-bzip2; level=9", ""),
        ("mux; max-channels=4; flow-control, deflate-stream", ""),
        (",, permessage-deflate ,", "permessage-deflate"),
        (
            "permessage-deflate; server_max_window_bits=\"1\\0\"",
            "permessage-deflate; server_max_window_bits=10"
        ),
        // Left out: a server has to decline these.
        ("permessage-deflate; unknown", ""),
        ("permessage-deflate; unknown, permessage-deflate", "permessage-deflate"),
        ("permessage-deflate; server_max_window_bits", ""),
        ("permessage-deflate; server_max_window_bits=7", ""),
        ("permessage-deflate; server_max_window_bits=16", ""),
        ("permessage-deflate; server_max_window_bits=08", ""),
        ("permessage-deflate; server_max_window_bits=100", ""),
        ("permessage-deflate; client_max_window_bits=7", ""),
        ("permessage-deflate; client_max_window_bits=1a", ""),
        ("permessage-deflate; server_no_context_takeover=1", ""),
        ("permessage-deflate; client_no_context_takeover=\"x\"", ""),
        ("permessage-deflate; client_no_context_takeover; client_no_context_takeover", ""),
        ("permessage-deflate; server_no_context_takeover; server_no_context_takeover", ""),
        ("permessage-deflate; client_max_window_bits; client_max_window_bits=10", ""),
        ("permessage-deflate; server_max_window_bits=10; server_max_window_bits=10", ""),
    ]

    @Test(arguments: filtered) func filter(value: String, want: String) throws {
        let offer = try Self.offer(value)
        #expect(Self.written(offer) == want && offer.isEmpty == want.isEmpty)
        // What is written reads back as the same offer.
        if !want.isEmpty { #expect(try Self.offer(want) == offer) }
    }

    @Test func severalLines() throws {
        #expect(Self.written(try Self.offer("foo", "permessage-deflate", "bar;x")) == "permessage-deflate")
        #expect(try Self.offer().isEmpty)
    }

    static let broken: [(String, ExtensionError)] = [
        ("", .emptyList), (" , ,", .emptyList), ("=x", .tokenExpected(offset: 0)),
        ("foo bar", .separatorExpected(offset: 4)),
        ("foo;", .tokenExpected(offset: 4)), ("foo; =1", .tokenExpected(offset: 5)),
        ("foo; a=", .tokenExpected(offset: 7)),
        ("foo; a=\"", .quoteNotClosed(offset: 7)), ("foo; a=\"b", .quoteNotClosed(offset: 7)),
        ("foo; a=\"b\\", .quoteNotClosed(offset: 7)), ("foo; a=\"\"", .quotedValueNotToken(offset: 7)),
        ("foo; a=\"b c\"", .quotedValueNotToken(offset: 9)),
        ("foo; a=\"b\" c", .separatorExpected(offset: 11)),
        ("foo; a=b=c", .separatorExpected(offset: 8)), ("foo/1", .separatorExpected(offset: 3)),
        ("foo; a=\"\\\"\"", .quotedValueNotToken(offset: 9)), ("f\u{e9}", .separatorExpected(offset: 1)),
    ]

    @Test(arguments: broken) func malformed(value: String, want: ExtensionError) {
        let error = #expect(throws: ExtensionError.self) { try Self.offer(value) }
        #expect(error == want)
    }

    @Test func limits() throws {
        let most = Array(repeating: "a", count: 32).joined(separator: ",")
        #expect(try Self.offer(most).isEmpty)
        let tooMany = #expect(throws: ExtensionError.self) { try Self.offer(most + ",a") }
        #expect(tooMany == .tooManyExtensions(limit: 32))
        let lines = #expect(throws: ExtensionError.self) { try Self.offer(most, "a") }
        #expect(lines == .tooManyExtensions(limit: 32))
        let parameters = "a" + String(repeating: ";b", count: 16)
        #expect(try Self.offer(parameters).isEmpty)
        let long = #expect(throws: ExtensionError.self) { try Self.offer(parameters + ";b") }
        #expect(long == .tooManyParameters(limit: 16))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var offer: String
        var answer: String
        /// Window bits and context of the client's direction, then of the server's; nil: refused.
        var want: [DeflateDirection]?
        var testDescription: String { "\(offer) -> \(answer)" }
    }

    static let plain = DeflateDirection()
    static let fresh = DeflateDirection(resetsContext: true)
    static let all = "permessage-deflate; server_max_window_bits=12; client_max_window_bits=11"

    static let rows: [Row] = [
        Row(offer: "permessage-deflate", answer: "permessage-deflate", want: [plain, plain]),
        Row(
            offer: "permessage-deflate", answer: "permessage-deflate; client_no_context_takeover",
            want: [fresh, plain]),
        Row(
            offer: "permessage-deflate", answer: "permessage-deflate; server_no_context_takeover",
            want: [plain, fresh]),
        Row(
            offer: "permessage-deflate", answer: "permessage-deflate; server_max_window_bits=9",
            want: [plain, DeflateDirection(windowBits: 9)]),
        Row(
            offer: "permessage-deflate; client_max_window_bits",
            answer: "permessage-deflate; client_max_window_bits=8",
            want: [DeflateDirection(windowBits: 8), plain]),
        Row(
            offer: "permessage-deflate; client_max_window_bits", answer: "permessage-deflate",
            want: [plain, plain]),
        Row(
            offer: "permessage-deflate; client_no_context_takeover", answer: "permessage-deflate",
            want: [plain, plain]),
        Row(
            offer: all, answer: "permessage-deflate; server_max_window_bits=12; client_max_window_bits=11",
            want: [DeflateDirection(windowBits: 11), DeflateDirection(windowBits: 12)]),
        Row(
            offer: all, answer: "permessage-deflate; server_max_window_bits=8",
            want: [plain, DeflateDirection(windowBits: 8)]),
        Row(
            offer: "permessage-deflate; server_max_window_bits=10, permessage-deflate",
            answer: "permessage-deflate", want: [plain, plain]),
        // Refused.
        Row(offer: all, answer: "permessage-deflate", want: nil),
        Row(offer: all, answer: "permessage-deflate; server_max_window_bits=13", want: nil),
        Row(
            offer: all, answer: "permessage-deflate; server_max_window_bits=12; client_max_window_bits=12",
            want: nil),
        Row(
            offer: all, answer: "permessage-deflate; server_max_window_bits=12; client_max_window_bits",
            want: nil),
        Row(offer: "permessage-deflate", answer: "permessage-deflate; client_max_window_bits=15", want: nil),
        Row(offer: "permessage-deflate", answer: "permessage-deflate; server_max_window_bits", want: nil),
        Row(offer: "permessage-deflate; server_no_context_takeover", answer: "permessage-deflate", want: nil),
        Row(offer: "permessage-deflate", answer: "permessage-deflate; unknown", want: nil),
        Row(offer: "permessage-deflate", answer: "permessage-deflate, permessage-deflate", want: nil),
    ]

    static func parameters(_ offer: String, _ answer: String) throws -> DeflateParameters? {
        let offer = try Self.offer(offer)
        return try withView(Array(answer.utf8)) { view in try offer.parameters(answeredBy: [view]) }
    }

    @Test(arguments: rows) func answer(_ row: Row) throws {
        guard let want = row.want else {
            let error = #expect(throws: UpgradeResponseError.self) {
                try Self.parameters(row.offer, row.answer)
            }
            #expect(error == .extensionParametersNotOffered)
            return
        }
        #expect(
            try Self.parameters(row.offer, row.answer)
                == DeflateParameters(fromClient: want[0], fromServer: want[1]))
    }

    @Test func otherAnswers() throws {
        #expect(try DeflateOffer().parameters(answeredBy: []) == nil)
        #expect(try Self.offer("permessage-deflate").parameters(answeredBy: []) == nil)
        for answer in ["mux", "permessage-deflate, mux", "mux, permessage-deflate"] {
            let error = #expect(throws: UpgradeResponseError.self) {
                try Self.parameters("permessage-deflate", answer)
            }
            #expect(error == .extensionNotOffered)
        }
        // The gateway took the offer away; the server must not accept it all the same.
        let stripped = #expect(throws: UpgradeResponseError.self) {
            try Self.parameters("mux", "permessage-deflate")
        }
        #expect(stripped == .extensionNotOffered)
    }
}
