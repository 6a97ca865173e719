internal import Bytes
internal import Testing
internal import WebSocket

@Suite("Damaged streams: how they are cut never changes what comes of them") struct DamagedStreamTests {
    /// A legal stream of plain and compressed messages, fragments and control frames.
    static func stream(_ random: inout FixedRandom, compressed: Bool) -> [UInt8] {
        let deflater = Deflater(windowBits: 12)
        var wire = Wire()
        for _ in 0..<4 {
            let text = Array(
                String(repeating: "wiadomość \u{1F600} ", count: Int.random(in: 0...30, using: &random)).utf8)
            let isCompressed = compressed && Bool.random(using: &random)
            let payload = isCompressed ? deflater.message(text) : text
            let cut = Int.random(in: 0...payload.count, using: &random)
            wire.mask = UInt32.random(in: 0...UInt32.max, using: &random)
            wire.add(1, Array(payload[..<cut]), isFinal: false, isCompressed: isCompressed)
            wire.add(9, random.bytes(Int.random(in: 0...20, using: &random)))
            wire.add(0, Array(payload[cut...]))
        }
        wire.add(8, [0x03, 0xE8] + Array("bye".utf8))
        return wire.bytes
    }

    @Test(arguments: [true, false]) func chunkingNeverChangesTheOutcome(compressed: Bool) {
        var random = FixedRandom(state: compressed ? 1 : 2)
        var refused = 0
        for round in 0..<1_500 {
            var wire = Self.stream(&random, compressed: compressed)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let index = Int.random(in: 0..<wire.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: wire[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
                case 1: wire.remove(at: index)
                default: wire.insert(UInt8.random(in: 0...255, using: &random), at: index)
                }
            }
            let limits = MessageLimits(maxFrameBytes: 5_000, maxMessageBytes: 400)
            var reading = Reading(
                limits: limits, deflate: compressed ? DeflateDirection(windowBits: 12) : nil)
            let whole = reading.events(wire)
            let chunk = Int.random(in: 2...60, using: &random)
            #expect(reading.events(wire, chunk: 1) == whole, "round \(round)")
            #expect(reading.events(wire, chunk: chunk) == whole, "round \(round), chunks of \(chunk)")
            reading.wantsPayload = false
            #expect(
                reading.events(wire, chunk: chunk) == MessageReaderTests.withoutPayload(whole),
                "round \(round)")
            if case .refused = whole.last { refused += 1 }
        }
        #expect(refused > 500)
    }

    /// Bytes without any order.
    @Test func noise() {
        var random = FixedRandom(state: 3)
        for _ in 0..<2_000 {
            let wire = random.bytes(Int.random(in: 1...300, using: &random))
            for sender in [FrameSender.client, .server] {
                let reading = Reading(sender: sender, deflate: DeflateDirection())
                #expect(reading.events(wire, chunk: 1) == reading.events(wire))
            }
        }
    }
}
