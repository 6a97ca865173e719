internal import Bytes
internal import CZlib
internal import Testing
internal import WebSocket

@Suite("Compressed messages: RFC 7692 section 7.2") struct CompressedMessageTests {
    static func wire(_ payloads: [[UInt8]], opcode: UInt8 = 1, mask: UInt32? = 0x3D21_FA37) -> [UInt8] {
        var wire = Wire(mask: mask)
        for payload in payloads { wire.add(opcode, payload, isCompressed: true) }
        return wire.bytes
    }

    static let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var payloads: [[UInt8]]
        var want: [Event]
        var resetsContext = false
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "7.2.3.1, one block", payloads: [hello], want: [.text("Hello", isCompressed: true)]),
        Row(
            name: "7.2.3.2, shared window", payloads: [hello, [0xF2, 0x00, 0x11, 0x00, 0x00]],
            want: [.text("Hello", isCompressed: true), .text("Hello", isCompressed: true)]),
        Row(
            name: "7.2.3.3, block without compression",
            payloads: [[0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]],
            want: [.text("Hello", isCompressed: true)]),
        Row(
            name: "7.2.3.4, final block", payloads: [[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]],
            want: [.text("Hello", isCompressed: true)]),
        Row(
            name: "7.2.3.5, two blocks",
            payloads: [[0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00]],
            want: [.text("Hello", isCompressed: true)]),
        Row(name: "7.2.3.6, empty message", payloads: [[0x00]], want: [.text("", isCompressed: true)]),
        Row(
            name: "no context to take over", payloads: [hello, hello],
            want: [.text("Hello", isCompressed: true), .text("Hello", isCompressed: true)],
            resetsContext: true),
        Row(
            name: "reference into a context that was dropped",
            payloads: [hello, [0xF2, 0x00, 0x11, 0x00, 0x00]],
            want: [.text("Hello", isCompressed: true), .refused(.compressionInvalid)], resetsContext: true),
        Row(
            name: "final block and nothing behind it",
            payloads: [[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], hello],
            want: [.text("Hello", isCompressed: true), .text("Hello", isCompressed: true)]),
        Row(
            name: "window kept over a final block",
            payloads: [[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00], [0xF2, 0x00, 0x11, 0x00, 0x00]],
            want: [.text("Hello", isCompressed: true), .text("Hello", isCompressed: true)]),
        Row(
            name: "two final blocks in one message",
            payloads: [[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]],
            want: [.text("HelloHello", isCompressed: true)]),
        Row(name: "nothing at all", payloads: [[]], want: [.refused(.compressionCut)]),
        Row(
            name: "nothing at all behind a final block",
            payloads: [[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], []],
            want: [.text("Hello", isCompressed: true), .refused(.compressionCut)]),
        Row(name: "block type 3", payloads: [[0x06]], want: [.refused(.compressionInvalid)]),
        Row(
            name: "length and its complement differ", payloads: [[0x00, 0x05, 0x00, 0x05, 0x00]],
            want: [.refused(.compressionInvalid)]),
        Row(
            name: "trailing rubbish behind a final block",
            payloads: [[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0xFF, 0xFF]],
            want: [.refused(.compressionInvalid)]),
        Row(
            name: "inflates to broken text", payloads: [[0x00, 0x02, 0x00, 0xFD, 0xFF, 0xC0, 0xAF, 0x00]],
            want: [.refused(.textNotUTF8)]),
        Row(
            name: "inflates to cut text", payloads: [[0x00, 0x01, 0x00, 0xFE, 0xFF, 0xC3, 0x00]],
            want: [.refused(.textNotUTF8)]),
    ]

    @Test(arguments: rows, [FrameSender.client, .server]) func anySplit(_ row: Row, sender: FrameSender) {
        let wire = Self.wire(row.payloads, mask: sender == .client ? 0x3D21_FA37 : nil)
        for wantsPayload in [true, false] {
            let reading = Reading(
                sender: sender, deflate: DeflateDirection(resetsContext: row.resetsContext),
                wantsPayload: wantsPayload)
            let want = wantsPayload ? row.want : MessageReaderTests.withoutPayload(row.want)
            #expect(reading.events(wire) == want)
            #expect(reading.events(wire, chunk: 1) == want)
            for cut in 0...wire.count { #expect(reading.events(wire, cuts: [cut]) == want, "cut at \(cut)") }
        }
    }

    /// A message that ends inside a block is refused: what the sender left out is not its end.
    @Test func cutBlocks() {
        let stored: [UInt8] = [0x00, 0x09, 0x00, 0xF6, 0xFF, 0x48]
        let reading = Reading(deflate: DeflateDirection())
        #expect(reading.events(Self.wire([stored], opcode: 2)) == [.refused(.compressionCut)])
        #expect(reading.events(Self.wire([[0x00, 0x05]], opcode: 2)) == [.refused(.compressionInvalid)])
        for end in 0..<Self.hello.count - 1 {
            guard
                case .refused(let error) = reading.events(Self.wire([Array(Self.hello[..<end])], opcode: 2))
                    .last
            else {
                Issue.record("accepted when cut at \(end)")
                continue
            }
            #expect(error == .compressionCut || error == .compressionInvalid)
        }
    }

    /// Section 7.2.3.1: the same message in two fragments; RSV1 stands on the first only.
    @Test func fragments() {
        var wire = Wire()
        wire.add(1, Array(Self.hello[..<3]), isFinal: false, isCompressed: true)
        wire.add(9, [1])
        wire.add(0, Array(Self.hello[3...]))
        let reading = Reading(deflate: DeflateDirection())
        for chunk in [1, 4, 1_000] {
            #expect(
                reading.events(wire.bytes, chunk: chunk)
                    == [.control(.ping, [1], code: nil), .text("Hello", fragments: 2, isCompressed: true)])
        }
        var second = Wire()
        second.add(1, Self.hello, isFinal: false, isCompressed: true)
        second.add(0, [], isCompressed: true)
        #expect(reading.events(second.bytes) == [.refused(.reservedBitSet(byte: 0xC0))])
        #expect(Reading().events(Self.wire([Self.hello])) == [.refused(.reservedBitSet(byte: 0xC1))])
        var mixed = Wire()
        mixed.add(1, Array("plain".utf8))
        mixed.add(1, Self.hello, isCompressed: true)
        mixed.add(1, Array("plain".utf8))
        #expect(
            reading.events(mixed.bytes) == [
                .text("plain"), .text("Hello", isCompressed: true), .text("plain"),
            ])
    }

    /// Real compressors: every window, every kind of block, with and without context.
    @Test(arguments: 9...15, [true, false]) func zlib(windowBits: Int, resetsContext: Bool) {
        var random = FixedRandom(state: UInt64(windowBits))
        let phrases = [
            "{\"user\":\"anna\",", "\"text\":\"grüße\"}", "SELECT ", "\u{1F600}", "lorem ipsum dolor ",
        ]
        for (level, strategy) in [
            (Int32(6), Z_DEFAULT_STRATEGY), (0, Z_DEFAULT_STRATEGY), (9, Z_FIXED), (6, Z_RLE),
            (1, Z_HUFFMAN_ONLY),
        ] {
            let deflater = Deflater(windowBits: Int32(windowBits), level: level, strategy: strategy)
            var wire = Wire()
            var want: [Event] = []
            for size in [0, 1, 3, 100, 5_000, 60, 60, 900] {
                let text = (0..<size).map { _ in phrases.randomElement(using: &random)! }.joined()
                if resetsContext { deflater.reset() }
                let payload = deflater.message(Array(text.utf8))
                wire.mask = UInt32.random(in: 0...UInt32.max, using: &random)
                wire.add(1, payload, isCompressed: true)
                want.append(.text(text, isCompressed: true))
            }
            let direction = DeflateDirection(windowBits: UInt8(windowBits), resetsContext: resetsContext)
            let reading = Reading(deflate: direction)
            #expect(reading.events(wire.bytes) == want)
            #expect(reading.events(wire.bytes, chunk: 611) == want)
            var silent = reading
            silent.wantsPayload = false
            #expect(silent.events(wire.bytes, chunk: 97) == MessageReaderTests.withoutPayload(want))
        }
    }

    /// A window of 8 bits: what zlib writes for it (it uses 9) is read.
    @Test func smallestWindow() {
        let deflater = Deflater(windowBits: 9)
        let text = String(repeating: "abcdefghijklmnopqrstuvwxyz0123456789", count: 60)
        let wire = Self.wire([deflater.message(Array(text.utf8)), deflater.message(Array(text.utf8))])
        let reading = Reading(deflate: DeflateDirection(windowBits: 8))
        #expect(reading.events(wire) == [.text(text, isCompressed: true), .text(text, isCompressed: true)])
    }

    /// A reference back beyond the window that was agreed on is refused.
    @Test func beyondTheWindow() {
        var random = FixedRandom(state: 9)
        let block = random.bytes(2_000)
        let payload = Deflater(windowBits: 15).message(block + block)
        #expect(
            Reading(deflate: DeflateDirection(windowBits: 15)).events(Self.wire([payload], opcode: 2))
                == [.message(.binary, block + block, fragments: 1, isCompressed: true, payloadBytes: 4_000)])
        #expect(
            Reading(deflate: DeflateDirection(windowBits: 10)).events(
                Self.wire([payload], opcode: 2), chunk: 64)
                == [.refused(.compressionInvalid)])
    }

    /// Flushes of all kinds inside one message.
    @Test func flushes() {
        let deflater = Deflater()
        var payload: [UInt8] = []
        var text: [UInt8] = []
        for (index, flush) in [
            Z_SYNC_FLUSH, Z_PARTIAL_FLUSH, Z_FULL_FLUSH, Z_BLOCK, Z_SYNC_FLUSH, Z_NO_FLUSH,
        ].enumerated() {
            let part = Array("part \(index) of the message, ".utf8)
            payload += deflater.raw(part, flush: flush)
            text += part
        }
        payload += deflater.message(Array("end".utf8))
        text += Array("end".utf8)
        let want = [Event.text(String(decoding: text, as: UTF8.self), isCompressed: true)]
        for chunk in [1, 5, 10_000] {
            #expect(Reading(deflate: DeflateDirection()).events(Self.wire([payload]), chunk: chunk) == want)
        }
    }

    /// Random binary and text with context takeover, in random fragments and chunks.
    @Test func randomRoundTrips() {
        var random = FixedRandom(state: 7_692)
        for round in 0..<40 {
            let deflater = Deflater(
                windowBits: Int32.random(in: 9...15, using: &random),
                level: Int32.random(in: 0...9, using: &random))
            var wire = Wire()
            var want: [Event] = []
            for _ in 0..<5 {
                var bytes = random.bytes(Int.random(in: 1...3_000, using: &random))
                for _ in 0..<Int.random(in: 0...4, using: &random) { bytes += bytes.prefix(700) }
                let payload = deflater.message(bytes)
                let cut = Int.random(in: 0...payload.count, using: &random)
                wire.mask = UInt32.random(in: 0...UInt32.max, using: &random)
                wire.add(2, Array(payload[..<cut]), isFinal: false, isCompressed: true)
                wire.add(0, Array(payload[cut...]))
                want.append(
                    .message(.binary, bytes, fragments: 2, isCompressed: true, payloadBytes: bytes.count))
            }
            let reading = Reading(deflate: DeflateDirection())
            #expect(
                reading.events(wire.bytes, chunk: Int.random(in: 1...2_000, using: &random)) == want,
                "round \(round)")
        }
    }
}
