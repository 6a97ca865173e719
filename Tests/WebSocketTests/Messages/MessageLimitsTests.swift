internal import Bytes
internal import Testing
internal import WebSocket

@Suite("Limits of messages: RFC 6455 section 10.4") struct MessageLimitsTests {
    static func frames(_ sizes: [Int], opcode: UInt8 = 2) -> [UInt8] {
        var wire = Wire()
        for (index, size) in sizes.enumerated() {
            let payload = [UInt8](repeating: 0x61, count: size)
            wire.add(index == 0 ? opcode : 0, payload, isFinal: index == sizes.count - 1)
        }
        return wire.bytes
    }

    static func outcome(_ limits: MessageLimits, _ sizes: [Int], wantsPayload: Bool) -> FrameError? {
        let events = Reading(limits: limits, wantsPayload: wantsPayload).events(Self.frames(sizes))
        guard case .refused(let error) = events.last else { return nil }
        return error
    }

    @Test(arguments: [true, false]) func frame(wantsPayload: Bool) {
        let limits = MessageLimits(maxFrameBytes: 200, maxMessageBytes: 10_000)
        #expect(Self.outcome(limits, [200], wantsPayload: wantsPayload) == nil)
        #expect(
            Self.outcome(limits, [201], wantsPayload: wantsPayload)
                == .frameTooLong(payloadBytes: 201, limitBytes: 200))
        #expect(Self.outcome(limits, [200, 200, 200], wantsPayload: wantsPayload) == nil)
        #expect(
            Self.outcome(limits, [1, 201], wantsPayload: wantsPayload)
                == .frameTooLong(payloadBytes: 201, limitBytes: 200))
    }

    @Test(arguments: [true, false]) func message(wantsPayload: Bool) {
        let limits = MessageLimits(maxFrameBytes: 10_000, maxMessageBytes: 500)
        #expect(Self.outcome(limits, [500], wantsPayload: wantsPayload) == nil)
        #expect(Self.outcome(limits, [501], wantsPayload: wantsPayload) == .messageTooLong(limitBytes: 500))
        #expect(Self.outcome(limits, [250, 250], wantsPayload: wantsPayload) == nil)
        #expect(
            Self.outcome(limits, [250, 251], wantsPayload: wantsPayload) == .messageTooLong(limitBytes: 500))
        #expect(Self.outcome(limits, [500, 0, 0], wantsPayload: wantsPayload) == nil)
        #expect(
            Self.outcome(limits, [500, 1], wantsPayload: wantsPayload) == .messageTooLong(limitBytes: 500))
    }

    @Test(arguments: [true, false]) func fragments(wantsPayload: Bool) {
        let limits = MessageLimits(maxFrameBytes: 10, maxMessageBytes: 100, maxFragments: 4)
        #expect(Self.outcome(limits, [0, 0, 0, 0], wantsPayload: wantsPayload) == nil)
        #expect(
            Self.outcome(limits, [0, 0, 0, 0, 0], wantsPayload: wantsPayload) == .tooManyFragments(limit: 4))
        let one = MessageLimits(maxFrameBytes: 10, maxMessageBytes: 100, maxFragments: 1)
        #expect(Self.outcome(one, [5], wantsPayload: wantsPayload) == nil)
        #expect(Self.outcome(one, [5, 5], wantsPayload: wantsPayload) == .tooManyFragments(limit: 1))
    }

    @Test func defaultFragments() {
        let limits = MessageLimits(maxFrameBytes: 64, maxMessageBytes: 4 << 20)
        #expect(limits.maxFragments == 65_536)
        let most = Array(repeating: 0, count: 65_536)
        #expect(Self.outcome(limits, most, wantsPayload: false) == nil)
        #expect(Self.outcome(limits, most + [0], wantsPayload: false) == .tooManyFragments(limit: 65_536))
    }

    /// A limit of zero lets empty messages through; one of the largest number does not overflow.
    @Test func extremes() {
        let none = MessageLimits(maxFrameBytes: 0, maxMessageBytes: 0)
        #expect(Self.outcome(none, [0], wantsPayload: true) == nil)
        #expect(Self.outcome(none, [1], wantsPayload: true) == .frameTooLong(payloadBytes: 1, limitBytes: 0))
        let all = MessageLimits(
            maxFrameBytes: Int.max, maxMessageBytes: Int.max, maxFragments: Int.max, maxInflateRatio: Int.max)
        #expect(Self.outcome(all, [100, 100], wantsPayload: true) == nil)
        #expect(all.maxCompressedBytes == Int.max)
        // One byte, then a continuation that declares 2^63 - 1.
        let huge: [UInt8] = [0x00, 0xFF, 0x7F, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]
        let start = Wire.text("a").dropFirst()
        #expect(
            Reading(limits: all).events([0x01] + start + [0x80] + huge.dropFirst()) == [
                .refused(.messageTooLong(limitBytes: Int.max))
            ])
        let compressed = Reading(limits: all, deflate: DeflateDirection())
        #expect(
            compressed.events([0x41] + start + [0x80] + huge.dropFirst()) == [
                .refused(.messageTooLong(limitBytes: Int.max))
            ])
    }

    /// A declared length is judged before any of its bytes arrive.
    @Test func beforeTheBytes() {
        let reading = Reading(limits: MessageLimits(maxFrameBytes: 1 << 30, maxMessageBytes: 500))
        #expect(reading.refusedAfter([0x82, 0xFE, 0x01, 0xF5, 1, 2, 3, 4]) == 8)
        let frame = Reading(limits: MessageLimits(maxFrameBytes: 500, maxMessageBytes: 500))
        #expect(frame.refusedAfter([0x82, 0xFE, 0x01, 0xF5, 1, 2, 3, 4]) == 4)
    }

    /// Limits changed between messages hold from the next frame on.
    @Test func changedLater() throws {
        var scratch = MessageScratch()
        var reader = MessageReader(
            sender: .client, limits: MessageLimits(maxFrameBytes: 10, maxMessageBytes: 10), deflate: nil,
            wantsPayload: false)
        let wire = Wire.text("0123456789")
        try withView(wire) { view throws(FrameError) in
            _ = try reader.read(view, from: 0, scratch: &scratch)
            reader.limits = MessageLimits(maxFrameBytes: 9, maxMessageBytes: 9)
        }
        let error = #expect(throws: FrameError.self) {
            try withView(wire) { view throws(FrameError) in
                _ = try reader.read(view, from: 0, scratch: &scratch)
            }
        }
        #expect(error == .frameTooLong(payloadBytes: 10, limitBytes: 9))
    }
}
