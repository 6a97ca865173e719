internal import BodyFormats
internal import Bytes
internal import Testing

@Suite("Content coding limits", .serialized) struct ContentCodingLimitsTests {
    @Test(arguments: Encoder.Format.allCases) func output(_ format: Encoder.Format) {
        let text = [UInt8](repeating: 0x61, count: 40_000)
        let body = Encoder.encode(text, format)
        for size in [1, Int.max] {
            let exact = ContentCodingLimits(outputBytes: text.count)
            #expect(
                DecodingOutcome.of(body, [format.coding.name], limits: exact, pieceBytes: size)
                    == DecodingOutcome(output: text))
            let under = ContentCodingLimits(outputBytes: text.count - 1)
            #expect(
                DecodingOutcome.of(body, [format.coding.name], limits: under, pieceBytes: size)
                    == DecodingOutcome(
                        output: Array(text.dropLast()), error: .outputTooLarge(limitBytes: text.count - 1)))
        }
        let none = ContentCodingLimits(outputBytes: 0)
        #expect(
            DecodingOutcome.of(body, [format.coding.name], limits: none)
                == DecodingOutcome(error: .outputTooLarge(limitBytes: 0)))
        #expect(
            DecodingOutcome.of(Encoder.encode([], format), [format.coding.name], limits: none)
                == DecodingOutcome())
    }

    @Test func ratio() {
        let text = [UInt8](repeating: 0, count: 100_000)
        let body = Encoder.encode(text, .gzip)
        func limits(_ ratio: Int, free: Int) -> ContentCodingLimits {
            ContentCodingLimits(ratio: ratio, ratioFreeBytes: free)
        }
        #expect(DecodingOutcome.of(body, "gzip", limits: limits(1_100, free: 0)).error == nil)
        #expect(
            DecodingOutcome.of(body, "gzip", limits: limits(500, free: 0)).error == .ratioTooHigh(limit: 500))
        #expect(DecodingOutcome.of(body, "gzip", limits: limits(1, free: text.count)).error == nil)
        #expect(
            DecodingOutcome.of(body, "gzip", limits: limits(1, free: text.count - 1)).error
                == .ratioTooHigh(limit: 1))
        #expect(DecodingOutcome.of(body, "gzip", limits: limits(.max, free: 0)).error == nil)
    }

    @Test func ratioIsThatOfWhatWasRead() {
        // What makes the ratio harmless in the end comes too late.
        var random = FixedRandom(state: 1)
        let text = [UInt8](repeating: 0, count: 3 << 20) + random.bytes(100_000)
        #expect(DecodingOutcome.of(Encoder.encode(text, .gzip), "gzip").error == .ratioTooHigh(limit: 200))
    }

    /// Zeros by the megabyte: given up at the limit.
    @Test(arguments: Encoder.Format.allCases) func bombs(_ format: Encoder.Format) {
        let zeros = [UInt8](repeating: 0, count: 20 << 20)
        let body = Encoder.encode(zeros, format)
        let start = ProcessUsage.threadMilliseconds()
        let single = DecodingOutcome.of(body, [format.coding.name])
        #expect(single.error == .ratioTooHigh(limit: 200) && single.output.count < 2 << 20)
        let wide = DecodingOutcome.of(body, [format.coding.name], limits: ContentCodingLimits(ratio: .max))
        #expect(wide.output.count == 16 << 20 && wide.error == .outputTooLarge(limitBytes: 16 << 20))
        #expect(ProcessUsage.threadMilliseconds() - start < 1_000)
    }

    /// A bomb in a bomb: the middle is bounded as the end is.
    @Test(arguments: Encoder.Format.allCases) func nestedBombs(_ format: Encoder.Format) {
        let inner = Encoder.encode([UInt8](repeating: 0, count: 20 << 20), format)
        let nested = DecodingOutcome.of(Encoder.encode(inner, .gzip), ["\(format.coding.name), gzip"])
        #expect(nested.error == .ratioTooHigh(limit: 200) && nested.output.count < 2 << 20)
        let zeros = Encoder.encode([UInt8](repeating: 0, count: 4 << 20), format)
        let middle = DecodingOutcome.of(
            zeros, ["gzip, \(format.coding.name)"],
            limits: ContentCodingLimits(outputBytes: 1 << 20, ratio: .max))
        #expect(middle == DecodingOutcome(error: .corrupt(.gzip)))
        let members = Encoder.encode(
            (0..<60_000).flatMap { _ in Encoder.encode([], .gzip) } as [UInt8], format)
        let many = DecodingOutcome.of(
            members, ["gzip, \(format.coding.name)"],
            limits: ContentCodingLimits(outputBytes: 1 << 20, ratio: .max))
        #expect(many == DecodingOutcome(error: .outputTooLarge(limitBytes: 1 << 20)))
    }

    /// What a bomb takes is its limit, some windows and no more.
    @Test func memoryOfBombs() async {
        await #expect(processExitsWith: .success) {
            let zeros = [UInt8](repeating: 0, count: 64 << 20)
            let bodies = Encoder.Format.allCases.map { ($0, Encoder.encode(zeros, $0)) }
            let before = ProcessUsage.peakKilobytes()
            for (format, body) in bodies {
                let limits = ContentCodingLimits(outputBytes: 1 << 20, ratio: .max)
                precondition(DecodingOutcome.of(body, [format.coding.name], limits: limits).error != nil)
            }
            precondition(ProcessUsage.peakKilobytes() - before < 30_000)
        }
    }
}
