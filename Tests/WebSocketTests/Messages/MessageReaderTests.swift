internal import Bytes
internal import Testing
internal import WebSocket

@Suite("Messages: RFC 6455 section 5.4, 5.5, 8.1") struct MessageReaderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        /// The sender's frames; masked when it is the client.
        var frames: [Frame]
        var want: [Event]
        var testDescription: String { name }

        func wire(_ sender: FrameSender) -> [UInt8] {
            var wire = Wire(mask: sender == .client ? 0x3D21_FA37 : nil)
            for frame in frames { wire.add(frame.opcode, frame.payload, isFinal: frame.isFinal) }
            return wire.bytes
        }
    }

    struct Frame: Sendable {
        var opcode: UInt8
        var payload: [UInt8]
        var isFinal = true

        init(_ opcode: UInt8, _ payload: [UInt8], final isFinal: Bool = true) {
            self.opcode = opcode
            self.payload = payload
            self.isFinal = isFinal
        }

        init(_ opcode: UInt8, _ text: String, final isFinal: Bool = true) {
            self.init(opcode, Array(text.utf8), final: isFinal)
        }
    }

    static let long = String(repeating: "grüße an alle \u{1F600} ", count: 40)
    static let binary = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }

    static let legal: [Row] = [
        Row(name: "empty text", frames: [Frame(1, "")], want: [.text("")]),
        Row(name: "text", frames: [Frame(1, "Hello")], want: [.text("Hello")]),
        Row(name: "long text", frames: [Frame(1, long)], want: [.text(long)]),
        Row(
            name: "binary", frames: [Frame(2, binary)],
            want: [.message(.binary, binary, fragments: 1, isCompressed: false, payloadBytes: 300)]),
        Row(
            name: "two messages", frames: [Frame(1, "one"), Frame(1, "two")],
            want: [.text("one"), .text("two")]),
        Row(
            name: "two fragments", frames: [Frame(1, "Hel", final: false), Frame(0, "lo")],
            want: [.text("Hello", fragments: 2)]),
        Row(
            name: "empty fragments",
            frames: [
                Frame(1, "", final: false), Frame(0, "", final: false), Frame(0, "a", final: false),
                Frame(0, ""),
            ],
            want: [.text("a", fragments: 4)]),
        Row(
            name: "only empty fragments", frames: [Frame(1, "", final: false), Frame(0, "")],
            want: [.text("", fragments: 2)]),
        Row(
            name: "character cut by a fragment",
            frames: [
                Frame(1, [0xF0, 0x9F], final: false), Frame(0, [0x98], final: false), Frame(0, [0x80]),
            ],
            want: [.text("\u{1F600}", fragments: 3)]),
        Row(
            name: "ping between fragments",
            frames: [Frame(1, "Hel", final: false), Frame(9, "are you there"), Frame(0, "lo")],
            want: [.control(.ping, Array("are you there".utf8), code: nil), .text("Hello", fragments: 2)]),
        Row(
            name: "pings everywhere",
            frames: [
                Frame(9, ""), Frame(2, binary, final: false), Frame(10, "x"),
                Frame(9, binary.prefix(125) + []),
                Frame(0, binary, final: false), Frame(10, ""), Frame(0, ""), Frame(9, "end"),
            ],
            want: [
                .control(.ping, [], code: nil), .control(.pong, [0x78], code: nil),
                .control(.ping, Array(binary.prefix(125)), code: nil), .control(.pong, [], code: nil),
                .message(.binary, binary + binary, fragments: 3, isCompressed: false, payloadBytes: 600),
                .control(.ping, Array("end".utf8), code: nil),
            ]),
        Row(
            name: "message, then fragments, then message",
            frames: [Frame(1, "a"), Frame(1, long, final: false), Frame(0, long), Frame(1, "b")],
            want: [.text("a"), .text(long + long, fragments: 2), .text("b")]),
        Row(
            name: "close", frames: [Frame(1, "bye"), Frame(8, [0x03, 0xE8])],
            want: [.text("bye"), .control(.close, [0x03, 0xE8], code: 1000)]),
        Row(
            name: "close inside a message", frames: [Frame(1, "half", final: false), Frame(8, [])],
            want: [.control(.close, [], code: nil)]),
    ]

    static let illegal: [Row] = [
        Row(
            name: "text inside a message", frames: [Frame(1, "a", final: false), Frame(1, "b")],
            want: [.refused(.messageIncomplete)]),
        Row(name: "continuation first", frames: [Frame(0, "a")], want: [.refused(.nothingToContinue)]),
        Row(
            name: "continuation behind a whole message", frames: [Frame(1, "a"), Frame(0, "b")],
            want: [.text("a"), .refused(.nothingToContinue)]),
        Row(
            name: "text after close", frames: [Frame(8, []), Frame(1, "late")],
            want: [.control(.close, [], code: nil), .refused(.dataAfterClose)]),
        Row(
            name: "ping after close", frames: [Frame(8, []), Frame(9, "late")],
            want: [.control(.close, [], code: nil), .refused(.dataAfterClose)]),
        Row(
            name: "close after close", frames: [Frame(8, []), Frame(8, [])],
            want: [.control(.close, [], code: nil), .refused(.dataAfterClose)]),
        Row(
            name: "continuation after close",
            frames: [Frame(1, "a", final: false), Frame(8, []), Frame(0, "b")],
            want: [.control(.close, [], code: nil), .refused(.dataAfterClose)]),
        Row(name: "overlong", frames: [Frame(1, [0xC0, 0xAF])], want: [.refused(.textNotUTF8)]),
        Row(
            name: "surrogate", frames: [Frame(1, [0x61, 0xED, 0xA0, 0x80, 0x62])],
            want: [.refused(.textNotUTF8)]),
        Row(
            name: "text ends inside a character", frames: [Frame(1, [0x61, 0xC3])],
            want: [.refused(.textNotUTF8)]),
        Row(
            name: "fragments end inside a character",
            frames: [Frame(1, [0x61, 0xC3], final: false), Frame(0, [])], want: [.refused(.textNotUTF8)]),
        Row(
            name: "wrong in the second fragment",
            frames: [
                Frame(1, [0xCE], final: false), Frame(0, [0xBA, 0xF4], final: false), Frame(0, [0x90]),
            ], want: [.refused(.textNotUTF8)]),
        Row(
            name: "wrong behind a ping",
            frames: [Frame(1, [0xCE], final: false), Frame(9, "x"), Frame(0, [0x41])],
            want: [.control(.ping, [0x78], code: nil), .refused(.textNotUTF8)]),
        Row(
            name: "code 1005", frames: [Frame(8, [0x03, 0xED])], want: [.refused(.closeCodeNotAllowed(1005))]),
    ]

    /// What is wanted when the payload is not: the same, without it.
    static func withoutPayload(_ events: [Event]) -> [Event] {
        events.map { event in
            guard case .message(let opcode, _, let fragments, let isCompressed, let bytes) = event else {
                return event
            }
            return .message(opcode, [], fragments: fragments, isCompressed: isCompressed, payloadBytes: bytes)
        }
    }

    /// Whole, byte at a time, in chunks, and cut once at every place: always the same.
    @Test(arguments: legal + illegal, [FrameSender.client, .server]) func anySplit(
        _ row: Row, sender: FrameSender
    ) {
        let wire = row.wire(sender)
        for wantsPayload in [true, false] {
            let reading = Reading(sender: sender, wantsPayload: wantsPayload)
            let want = wantsPayload ? row.want : Self.withoutPayload(row.want)
            #expect(reading.events(wire) == want)
            for chunk in [1, 2, 3, 7, 64] {
                #expect(reading.events(wire, chunk: chunk) == want, "chunks of \(chunk)")
            }
            for cut in 0...wire.count { #expect(reading.events(wire, cuts: [cut]) == want, "cut at \(cut)") }
        }
    }

    /// Cut at every pair of places: a shorter stream, as there are many pairs.
    @Test func anyTwoSplits() {
        let row = Row(
            name: "",
            frames: [
                Frame(1, "h\u{e9}", final: false), Frame(9, "p"), Frame(0, "\u{20ac}o"), Frame(2, [1, 2]),
                Frame(8, []),
            ],
            want: [
                .control(.ping, [0x70], code: nil), .text("h\u{e9}\u{20ac}o", fragments: 2),
                .message(.binary, [1, 2], fragments: 1, isCompressed: false, payloadBytes: 2),
                .control(.close, [], code: nil),
            ])
        for sender in [FrameSender.client, .server] {
            let wire = row.wire(sender)
            for first in 0...wire.count {
                for second in first...wire.count {
                    #expect(Reading(sender: sender).events(wire, cuts: [first, second]) == row.want)
                }
            }
        }
    }

    /// The stream is refused at the first byte that is wrong, inside a frame and across fragments.
    @Test(arguments: [true, false]) func earlyRefusal(wantsPayload: Bool) {
        let reading = Reading(wantsPayload: wantsPayload)
        var wire = Wire()
        wire.add(1, Array("κόσμε".utf8) + [0xF4, 0x90, 0x80, 0x80] + Array("edited".utf8))
        // 6 bytes of header, 10 of text, then F4; the 90 behind it is impossible.
        #expect(reading.refusedAfter(wire.bytes) == 6 + 10 + 2)
        wire = Wire()
        wire.add(1, Array("κόσμε".utf8), isFinal: false)
        let first = wire.bytes.count
        wire.add(0, [0xED, 0xA0])
        #expect(reading.refusedAfter(wire.bytes) == first + 6 + 2)
        #expect(reading.refusedAfter([0x81, 0xFF, 0x80]) == 3)
        #expect(reading.refusedAfter([0x83]) == 1)
    }

    /// Random messages, fragments, masks, pings and chunks.
    @Test(arguments: [FrameSender.client, .server]) func randomStreams(sender: FrameSender) {
        var random = FixedRandom(state: 6_455)
        var messages = 0
        for _ in 0..<300 {
            var wire = Wire(mask: nil)
            var want: [Event] = []
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                Self.addRandomMessage(&wire, &want, sender, &random)
                messages += 1
            }
            var cuts: [Int] = []
            var position = 0
            let mean = [3, 40, 700].randomElement(using: &random)!
            while true {
                position += Int.random(in: 0...(mean * 2), using: &random)
                guard position < wire.bytes.count else { break }
                cuts.append(position)
            }
            let wantsPayload = Bool.random(using: &random)
            let reading = Reading(sender: sender, wantsPayload: wantsPayload)
            #expect(
                reading.events(wire.bytes, cuts: cuts) == (wantsPayload ? want : Self.withoutPayload(want)))
        }
        #expect(messages > 600)
    }

    static func addRandomMessage(
        _ wire: inout Wire, _ want: inout [Event], _ sender: FrameSender, _ random: inout FixedRandom
    ) {
        let isText = Bool.random(using: &random)
        let size = Int.random(in: 0...[20, 400, 70_000].randomElement(using: &random)!, using: &random)
        let payload: [UInt8] =
            isText
            ? Array(String(repeating: "zażółć gęślą \u{1F600} jaźń ", count: size / 20).utf8)
            : random.bytes(size)
        let fragments = [1, 1, 2, 5].randomElement(using: &random)!
        var start = 0
        for index in 1...fragments {
            let end =
                index == fragments ? payload.count : Int.random(in: start...payload.count, using: &random)
            wire.mask = sender == .client ? UInt32.random(in: 0...UInt32.max, using: &random) : nil
            wire.add(
                index == 1 ? (isText ? 1 : 2) : 0, Array(payload[start..<end]), isFinal: index == fragments)
            start = end
            if Bool.random(using: &random), index < fragments {
                let ping = random.bytes(Int.random(in: 0...125, using: &random))
                wire.add(9, ping)
                want.append(.control(.ping, ping, code: nil))
            }
        }
        want.append(
            .message(
                isText ? .text : .binary, payload, fragments: fragments, isCompressed: false,
                payloadBytes: payload.count))
    }
}
