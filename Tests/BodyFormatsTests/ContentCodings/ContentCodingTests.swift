internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("Content codings: RFC 9110 section 8.4") struct ContentCodingTests {
    static let text = Array(String(repeating: "The quick brown fox. ", count: 40).utf8)

    @Test func fieldValues() {
        let rows: [(String, [ContentCoding])] = [
            ("gzip", [.gzip]), ("GZip", [.gzip]), ("x-gzip", [.gzip]), ("deflate", [.deflate]),
            ("br", [.brotli]),
            ("identity", []), ("", []), (" , ,", []), ("gzip, br", [.gzip, .brotli]),
            ("gzip,identity,\tdeflate ", [.gzip, .deflate]),
        ]
        for (field, want) in rows {
            var list = ContentCodingList()
            #expect(throws: Never.self) {
                try withView(field) { view throws(ContentCodingError) in
                    try list.append(fieldValue: view, limits: ContentCodingLimits())
                }
            }
            #expect(list.codings == want && list.isEmpty == want.isEmpty)
        }
        #expect(DecodingOutcome.of([], "zstd").error == .unknownCoding)
        #expect(DecodingOutcome.of([], "gzip;q=1").error == .unknownCoding)
        #expect(DecodingOutcome.of([], "gzip br").error == .unknownCoding)
        #expect(DecodingOutcome.of([], "gzip, br, gzip").error == .tooManyCodings(limit: 2))
        #expect(DecodingOutcome.of([], "gzip", "br", "gzip").error == .tooManyCodings(limit: 2))
        #expect(
            DecodingOutcome.of([], "gzip, br", limits: ContentCodingLimits(codings: 1)).error
                == .tooManyCodings(limit: 1))
        #expect(
            DecodingOutcome.of([], "gzip", limits: ContentCodingLimits(codings: 0)).error
                == .tooManyCodings(limit: 0))
    }

    @Test(arguments: Encoder.Format.allCases) func everyFormatInPieces(_ format: Encoder.Format) {
        let body = Encoder.encode(Self.text, format)
        for size in [1, 2, 3, 7, 64, Int.max] {
            #expect(
                DecodingOutcome.of(body, [format.coding.name], pieceBytes: size)
                    == DecodingOutcome(output: Self.text))
        }
        var random = FixedRandom(state: 3)
        let large = (0..<300_000).map { _ in UInt8(random.below(7)) }
        #expect(DecodingOutcome.of(Encoder.encode(large, format), [format.coding.name]).output == large)
        #expect(DecodingOutcome.of(Encoder.encode([], format), [format.coding.name]) == DecodingOutcome())
    }

    @Test func twoCodings() {
        for first in Encoder.Format.allCases {
            for second in Encoder.Format.allCases {
                let body = Encoder.encode(Encoder.encode(Self.text, first), second)
                for size in [1, 5, Int.max] {
                    let outcome = DecodingOutcome.of(
                        body, ["\(first.coding.name), \(second.coding.name)"], pieceBytes: size)
                    #expect(outcome == DecodingOutcome(output: Self.text), "\(first), \(second)")
                }
            }
        }
    }

    @Test func identityPassesWithinTheLimit() {
        let limits = ContentCodingLimits(outputBytes: 4)
        #expect(
            DecodingOutcome.of([1, 2, 3, 4], "identity", limits: limits)
                == DecodingOutcome(output: [1, 2, 3, 4]))
        #expect(
            DecodingOutcome.of([1, 2, 3, 4, 5], "", limits: limits)
                == DecodingOutcome(output: [1, 2, 3, 4], error: .outputTooLarge(limitBytes: 4)))
    }

    @Test(arguments: Encoder.Format.allCases) func everyTruncation(_ format: Encoder.Format) {
        let body = Encoder.encode(Self.text, format)
        for cut in 1..<body.count {
            let outcome = DecodingOutcome.of(Array(body[..<cut]), [format.coding.name])
            #expect(outcome.error == .truncated(format.coding))
            #expect(Array(Self.text.prefix(outcome.output.count)) == outcome.output)
        }
        #expect(DecodingOutcome.of([], [format.coding.name]) == DecodingOutcome())
    }

    @Test(arguments: Encoder.Format.allCases) func trailingBytes(_ format: Encoder.Format) {
        let body = Encoder.encode(Self.text, format) + [0]
        for size in [1, Int.max] {
            let outcome = DecodingOutcome.of(body, [format.coding.name], pieceBytes: size)
            #expect(outcome == DecodingOutcome(output: Self.text, error: .trailingBytes(format.coding)))
        }
    }

    /// RFC 1952 section 2.2: members follow each other.
    @Test func gzipMembers() {
        let members = (0..<5).flatMap { _ in Encoder.encode(Self.text, .gzip) } as [UInt8]
        for size in [1, 13, Int.max] {
            let outcome = DecodingOutcome.of(members, ["gzip"], pieceBytes: size)
            #expect(outcome.error == nil && outcome.output.count == 5 * Self.text.count)
        }
        let empty = (0..<1_000).flatMap { _ in Encoder.encode([], .gzip) } as [UInt8]
        #expect(DecodingOutcome.of(empty, "gzip") == DecodingOutcome())
        #expect(DecodingOutcome.of(empty.dropLast(3), "gzip").error == .truncated(.gzip))
    }

    @Test func notCompressed() {
        for format in Encoder.Format.allCases {
            let outcome = DecodingOutcome.of(Array("name=value&other=value".utf8), [format.coding.name])
            #expect(outcome.error == .corrupt(format.coding) || outcome.error == .truncated(format.coding))
        }
        #expect(DecodingOutcome.of(Encoder.encode(Self.text, .zlib), "gzip").error == .corrupt(.gzip))
        #expect(DecodingOutcome.of(Encoder.encode(Self.text, .gzip), "deflate").error == .corrupt(.deflate))
        // The checksum at the end counts.
        var damaged = Encoder.encode(Self.text, .gzip)
        damaged[damaged.count - 6] ^= 1
        #expect(
            DecodingOutcome.of(damaged, "gzip") == DecodingOutcome(output: Self.text, error: .corrupt(.gzip)))
    }

    @Test func failureStays() {
        var list = ContentCodingList()
        withView("gzip") { try? list.append(fieldValue: $0, limits: ContentCodingLimits()) }
        var decoder = ContentDecoder(list, limits: ContentCodingLimits())
        var output = ByteBuffer()
        for _ in 0..<2 {
            #expect(throws: ContentCodingError.corrupt(.gzip)) {
                try withView("nothing") { view throws(ContentCodingError) in
                    try decoder.decode(view, into: &output)
                }
            }
        }
        #expect(throws: ContentCodingError.corrupt(.gzip)) { try decoder.finish() }
    }

    @Test(arguments: Encoder.Format.allCases, [11, 12] as [UInt64]) func damaged(
        _ format: Encoder.Format, _ seed: UInt64
    ) {
        var random = FixedRandom(state: seed)
        let body = Encoder.encode(Self.text, format)
        for _ in 0..<1_500 {
            var damaged = body
            for _ in 0...random.below(3) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
            let limits = ContentCodingLimits(outputBytes: 50_000)
            let whole = DecodingOutcome.of(damaged, [format.coding.name], limits: limits)
            let pieces = DecodingOutcome.of(
                damaged, [format.coding.name], limits: limits, pieceBytes: 1 + random.below(9))
            #expect(whole.output.count <= 50_000 && pieces.output.count <= 50_000)
            guard format == .brotli, whole.error != nil else {
                #expect(whole == pieces)
                continue
            }
            // Brotli's decoder gives its window out late, so that pieces may show more of a bad stream.
            #expect(pieces.error != nil)
            let shared = min(whole.output.count, pieces.output.count)
            #expect(whole.output[..<shared] == pieces.output[..<shared])
        }
    }
}
