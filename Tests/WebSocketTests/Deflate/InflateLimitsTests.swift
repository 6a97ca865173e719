internal import Bytes
internal import CZlib
internal import Testing
internal import WebSocket

@Suite("Limits of inflating: RFC 7692 section 8") struct InflateLimitsTests {
    static func wire(_ payload: [UInt8], fragments: Int = 1) -> [UInt8] {
        var wire = Wire()
        for index in 0..<fragments {
            let part = payload[
                (payload.count * index / fragments)..<(payload.count * (index + 1) / fragments)]
            wire.add(
                index == 0 ? 2 : 0, Array(part), isFinal: index == fragments - 1, isCompressed: index == 0)
        }
        return wire.bytes
    }

    static func outcome(_ limits: MessageLimits, _ wire: [UInt8], wantsPayload: Bool, chunk: Int = 1 << 20)
        -> FrameError?
    {
        let reading = Reading(limits: limits, deflate: DeflateDirection(), wantsPayload: wantsPayload)
        guard case .refused(let error) = reading.events(wire, chunk: chunk).last else { return nil }
        return error
    }

    /// The limit is on the inflated length: at it, and one past it.
    @Test(arguments: [1, 100, 16_383, 16_384, 16_385, 32_768, 100_000], [true, false])
    func inflatedLength(bytes: Int, wantsPayload: Bool) {
        var random = FixedRandom(state: UInt64(bytes))
        let payload = (0..<bytes).map { _ in UInt8.random(in: 0...3, using: &random) }
        let wire = Self.wire(Deflater().message(payload))
        for chunk in [50, 1 << 20] {
            let at = MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: bytes)
            #expect(Self.outcome(at, wire, wantsPayload: wantsPayload, chunk: chunk) == nil)
            let below = MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: bytes - 1)
            #expect(
                Self.outcome(below, wire, wantsPayload: wantsPayload, chunk: chunk)
                    == .messageTooLong(limitBytes: bytes - 1))
        }
    }

    /// 16 MiB of zeros in 16 KiB stop at the limit, having taken no more memory than that.
    @Test(arguments: [true, false]) func bomb(wantsPayload: Bool) {
        let payload = Deflater(level: 9).message([UInt8](repeating: 0, count: 16 << 20))
        #expect(payload.count < 20_000)
        let limits = MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: 200_000)
        let run = Run(
            reading: Reading(limits: limits, deflate: DeflateDirection(), wantsPayload: wantsPayload))
        #expect(!run.receive(Self.wire(payload)))
        #expect(run.events == [.refused(.messageTooLong(limitBytes: 200_000))])
        #expect(run.largestHeldBytes <= 1 << 19)
    }

    @Test(arguments: [true, false]) func ratio(wantsPayload: Bool) {
        let wide = MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: 64 << 20, maxInflateRatio: 1_100)
        let standard = MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: 64 << 20)
        let free = MessageLimits.ratioFreeBytes
        let small = Self.wire(Deflater(level: 9).message([UInt8](repeating: 0x61, count: free)))
        let large = Self.wire(Deflater(level: 9).message([UInt8](repeating: 0x61, count: 4 << 20)))
        #expect(Self.outcome(standard, small, wantsPayload: wantsPayload) == nil)
        #expect(Self.outcome(wide, large, wantsPayload: wantsPayload) == nil)
        #expect(
            Self.outcome(standard, large, wantsPayload: wantsPayload) == .compressionRatioTooHigh(limit: 500))
        #expect(
            Self.outcome(standard, large, wantsPayload: wantsPayload, chunk: 10)
                == .compressionRatioTooHigh(limit: 500))
        // Text that repeats stays far below.
        let text = Array(
            String(repeating: "the quick brown fox jumps over the lazy dog. ", count: 20_000).utf8)
        let payload = Deflater().message(text)
        let ratio = text.count / payload.count
        #expect(ratio > 100)
        #expect(Self.outcome(standard, Self.wire(payload), wantsPayload: wantsPayload) == nil)
    }

    /// Empty blocks without end: nothing comes out, but they end at the compressed limit.
    @Test(arguments: [true, false]) func emptyBlocks(wantsPayload: Bool) {
        let limits = MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: 10_000)
        #expect(limits.maxCompressedBytes == 10_000 + 39 + 1_024)
        let block: [UInt8] = [0x00, 0x00, 0x00, 0xFF, 0xFF]
        let fits = Array(repeatElement(block, count: limits.maxCompressedBytes / 5 - 1).joined()) + [0x00]
        #expect(Self.outcome(limits, Self.wire(fits, fragments: 40), wantsPayload: wantsPayload) == nil)
        let exact = Array(repeatElement(block, count: limits.maxCompressedBytes / 5).joined())
        let most = exact.prefix(limits.maxCompressedBytes) + []
        #expect(limits.maxCompressedBytes - most.count == 3)
        #expect(
            Self.outcome(limits, Self.wire(most + [0x00, 0x00, 0x00, 0xFF]), wantsPayload: wantsPayload)
                == .messageTooLong(limitBytes: 10_000))
        #expect(
            Self.outcome(limits, Self.wire(fits + block + block, fragments: 40), wantsPayload: wantsPayload)
                == .messageTooLong(limitBytes: 10_000))
    }

    /// Data that does not compress fits at the message's own limit.
    @Test func incompressible() {
        var random = FixedRandom(state: 8)
        let bytes = random.bytes(100_000)
        let payload = Deflater(level: 0).message(bytes)
        #expect(payload.count > bytes.count)
        let limits = MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: 100_000)
        #expect(Self.outcome(limits, Self.wire(payload), wantsPayload: true) == nil)
    }

    /// The decompressor is made at the first compressed message, and given back after it when
    /// no context is taken over.
    @Test(arguments: [true, false]) func memory(resetsContext: Bool) {
        let direction = DeflateDirection(windowBits: 10, resetsContext: resetsContext)
        let run = Run(reading: Reading(deflate: direction))
        #expect(run.receive(Wire.text("plain")))
        #expect(run.reader.heldBytes == 0)
        let wire = CompressedMessageTests.wire([CompressedMessageTests.hello])
        #expect(run.receive(wire))
        #expect(run.reader.heldBytes == (resetsContext ? 0 : Inflater.heldBytes(windowBits: 10)))
        #expect(run.receive(wire))
        #expect(run.receive(Wire.close(1000)))
        #expect(run.reader.heldBytes == 0 && run.events.count == 4)
    }

    @Test func wrongWindowTraps() async {
        await #expect(processExitsWith: .failure) { _ = DeflateDirection(windowBits: 7) }
        await #expect(processExitsWith: .failure) { _ = Inflater(windowBits: 16) }
    }
}
