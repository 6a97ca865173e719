internal import Bytes
internal import Testing
internal import WebSocket

@Suite("Memory of a reader") struct MessageMemoryTests {
    @Test func idleReaderIsSmall() {
        #expect(MemoryLayout<MessageReader>.size < 100)
    }

    /// Nothing is held between messages, and nothing for messages that come whole.
    @Test(arguments: [true, false]) func heldOnlyWhileIncomplete(wantsPayload: Bool) {
        let run = Run(reading: Reading(wantsPayload: wantsPayload))
        let wire = Wire.text(String(repeating: "a", count: 5_000))
        #expect(run.receive(wire + wire))
        #expect(run.largestHeldBytes == 0)
        #expect(run.receive(Array(wire[..<2_500])))
        #expect((run.reader.heldBytes >= 2_492) == wantsPayload)
        #expect(run.reader.heldBytes == 0 || run.reader.heldBytes < 10_000)
        #expect(run.reader.openMessage == .text)
        #expect(run.receive(Array(wire[2_500...])))
        #expect(run.reader.heldBytes == 0 && run.reader.openMessage == nil)
        #expect(run.events.count == 3)
    }

    /// A frame that declares much and sends little costs little.
    @Test func declaredLengthTakesNoMemory() {
        let run = Run(reading: Reading())
        #expect(run.receive([0x82, 0xFF, 0, 0, 0, 0, 0, 0x0F, 0xFF, 0xFF, 1, 2, 3, 4, 9, 9, 9]))
        #expect(run.reader.heldBytes < 1_024)
    }

    /// A close frame ends an incomplete message and frees it.
    @Test func closeFrees() {
        let run = Run(reading: Reading())
        var wire = Wire()
        wire.add(1, Array(repeating: 0x61, count: 3_000), isFinal: false)
        #expect(run.receive(wire.bytes))
        #expect(run.reader.heldBytes >= 3_000)
        #expect(run.receive(Wire.close(1001)))
        #expect(run.reader.heldBytes == 0 && run.reader.hasReadClose && run.reader.openMessage == nil)
        #expect(run.receive([]))
        #expect(!run.receive([0x81]))
    }

    /// A server's whole frame is handed out where it lies.
    @Test func serverPayloadIsNotCopied() throws {
        var scratch = MessageScratch()
        var reader = MessageReader(
            sender: .server, limits: MessageLimits(maxFrameBytes: 100, maxMessageBytes: 100), deflate: nil,
            wantsPayload: true)
        try withView(Wire.text("in place", mask: nil)) { view throws(FrameError) in
            let step = try reader.read(view, from: 0, scratch: &scratch)
            guard case .message(let message, let end) = step else {
                Issue.record("no message")
                return
            }
            #expect(message.payload.isIdentical(to: view[2...]) && end == 10)
        }
    }

    /// A payload detached from the scratch outlives the next message, moved or copied.
    @Test(arguments: [1, 2_000]) func detached(chunk: Int) throws {
        let text = String(repeating: "keep me ", count: 100)
        let wire = Wire.text(text)
        var scratch = MessageScratch()
        var reader = MessageReader(
            sender: .client, limits: MessageLimits(maxFrameBytes: 9_000, maxMessageBytes: 9_000),
            deflate: nil,
            wantsPayload: true)
        var kept = ByteBuffer()
        var start = 0
        for end in Array(stride(from: chunk, to: wire.count, by: chunk)) + [wire.count] {
            let input = Array(wire[start..<end])
            try withView(input) { view throws(FrameError) in
                switch try reader.read(view, from: 0, scratch: &scratch) {
                case .needsMore(let taken): start += taken
                case .message(let message, _): kept = scratch.detach(message.payload)
                case .control, .fragment: Issue.record("there is no control frame")
                }
            }
        }
        try withView(Wire.text("another")) { view throws(FrameError) in
            _ = try reader.read(view, from: 0, scratch: &scratch)
        }
        #expect(kept.view.string == text)
    }

    /// Whether payloads are wanted can change between messages, and does not change within one.
    @Test func wantsPayloadChanges() throws {
        var scratch = MessageScratch()
        var reader = MessageReader(
            sender: .server, limits: MessageLimits(maxFrameBytes: 100, maxMessageBytes: 100), deflate: nil,
            wantsPayload: true)
        var wire = Wire(mask: nil)
        wire.add(1, Array("ab".utf8), isFinal: false)
        let first = wire.bytes
        wire.add(0, Array("cd".utf8))
        let rest = Array(wire.bytes[first.count...])
        var payloads: [String] = []
        for (index, part) in [first, rest, Wire.text("ef", mask: nil)].enumerated() {
            try withView(part) { view throws(FrameError) in
                if case .message(let message, _) = try reader.read(view, from: 0, scratch: &scratch) {
                    payloads.append(message.payload.string)
                }
            }
            if index == 0 { reader.wantsPayload = false }
        }
        #expect(payloads == ["abcd", ""])
    }
}
