// Runs a reader as the tunnel does: chunks come in, what is left is presented again.

internal import Bytes
internal import Testing
internal import WebSocket

/// What came out of a stream, in order.
enum Event: Equatable, CustomTestStringConvertible {
    case control(ControlOpcode, [UInt8], code: UInt16?)
    case message(MessageOpcode, [UInt8], fragments: Int, isCompressed: Bool, payloadBytes: Int)
    case refused(FrameError)

    static func text(_ text: String, fragments: Int = 1, isCompressed: Bool = false) -> Event {
        .message(
            .text, Array(text.utf8), fragments: fragments, isCompressed: isCompressed,
            payloadBytes: text.utf8.count)
    }

    var testDescription: String {
        switch self {
        case .control(let opcode, let payload, let code):
            "\(opcode) \(payload.count) bytes, code \(code ?? 0)"
        case .message(let opcode, let payload, let fragments, let isCompressed, let bytes):
            "\(opcode) \(payload.count)/\(bytes) bytes in \(fragments), compressed: \(isCompressed)"
        case .refused(let error): "\(error)"
        }
    }
}

/// How a stream is read.
struct Reading {
    var sender = FrameSender.client
    var limits = MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: 1 << 20)
    var deflate: DeflateDirection?
    var wantsPayload = true

    /// What comes of `wire` when it arrives in pieces that end at `cuts` and at its end.
    func events(_ wire: [UInt8], cuts: [Int] = []) -> [Event] {
        let run = Run(reading: self)
        var start = 0
        for end in cuts + [wire.count] {
            guard run.receive(Array(wire[start..<end])) else { break }
            start = end
        }
        return run.events
    }

    func events(_ wire: [UInt8], chunk: Int) -> [Event] {
        events(wire, cuts: Array(stride(from: chunk, to: wire.count, by: chunk)))
    }

    /// How many bytes had arrived when the stream was refused, one at a time; nil if it was not.
    func refusedAfter(_ wire: [UInt8]) -> Int? {
        let run = Run(reading: self)
        for (index, byte) in wire.enumerated() where !run.receive([byte]) { return index + 1 }
        return nil
    }
}

/// A reader at work, with a scratch that another connection uses between any two calls.
final class Run {
    private(set) var events: [Event] = []
    private(set) var reader: MessageReader
    private(set) var largestHeldBytes = 0
    private var scratch = MessageScratch()
    private var neighbour: MessageReader
    private var left: [UInt8] = []

    init(reading: Reading) {
        reader = MessageReader(
            sender: reading.sender, limits: reading.limits, deflate: reading.deflate,
            wantsPayload: reading.wantsPayload)
        neighbour = MessageReader(
            sender: .client, limits: MessageLimits(maxFrameBytes: 100, maxMessageBytes: 100), deflate: nil,
            wantsPayload: true)
    }

    /// Takes what arrived; false once the stream has been refused.
    func receive(_ chunk: [UInt8]) -> Bool {
        let input = left + chunk
        var offset = 0
        while true {
            disturb()
            let step: MessageReader.Step
            do throws(FrameError) {
                step = try withView(input) { view throws(FrameError) in
                    let step = try reader.read(view, from: offset, scratch: &scratch)
                    record(step)
                    return step
                }
            } catch {
                events.append(.refused(error))
                return false
            }
            largestHeldBytes = max(largestHeldBytes, reader.heldBytes)
            switch step {
            case .needsMore(let end):
                #expect(end >= offset && input.count - end <= 130, "more is left than a cut control frame")
                left = Array(input[end...])
                return true
            case .fragment(let end), .control(_, let end), .message(_, let end):
                #expect(end > offset && end <= input.count, "a step must go on")
                offset = end
            }
        }
    }

    private func record(_ step: MessageReader.Step) {
        switch step {
        case .needsMore, .fragment: break
        case .control(let frame, _):
            events.append(.control(frame.opcode, frame.payload.array, code: frame.closeCode))
        case .message(let message, _):
            events.append(
                .message(
                    message.opcode, message.payload.array, fragments: message.fragments,
                    isCompressed: message.isCompressed, payloadBytes: message.payloadBytes))
        }
    }

    /// Another connection's message goes through the same scratch.
    private func disturb() {
        let step = withView(Wire.text("the neighbour's message")) {
            try? neighbour.read($0, from: 0, scratch: &scratch)
        }
        guard case .message(let message, _) = step else {
            Issue.record("the neighbour was refused")
            return
        }
        #expect(message.payload.equals("the neighbour's message"))
    }
}
