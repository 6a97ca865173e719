internal import Bytes
internal import Testing
internal import WebSocket

@Suite("Frame header: RFC 6455 section 5.2") struct FrameHeaderTests {
    enum Outcome: Equatable {
        case needsMore
        case header(Opcode, payload: Int, size: Int)
        case refused(FrameError)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var wire: [UInt8]
        var want: Outcome
        var sender = FrameSender.server
        var mayCompress = false
        var isMessageOpen = false
        var testDescription: String { name }
    }

    static let limitBytes = 1 << 20

    static func outcome(_ row: Row, _ wire: [UInt8]) -> Outcome {
        let rules = FrameRules(
            sender: row.sender, mayCompress: row.mayCompress, isMessageOpen: row.isMessageOpen,
            maxPayloadBytes: limitBytes)
        // Two bytes in front: the offset is honoured.
        return withView([0xFF, 0xFF] + wire) { view in
            do throws(FrameError) {
                guard let header = try FrameHeader.parse(view, at: 2, rules: rules) else { return .needsMore }
                return .header(header.opcode, payload: header.payloadBytes, size: header.headerBytes)
            } catch {
                return .refused(error)
            }
        }
    }

    static let lengths: [Row] = [
        Row(name: "nothing", wire: [], want: .needsMore),
        Row(name: "one byte", wire: [0x82], want: .needsMore),
        Row(name: "empty", wire: [0x82, 0x00], want: .header(.binary, payload: 0, size: 2)),
        Row(name: "125", wire: [0x82, 125], want: .header(.binary, payload: 125, size: 2)),
        Row(name: "16-bit length cut", wire: [0x82, 0x7E, 0x01], want: .needsMore),
        Row(
            name: "16-bit 256", wire: [0x82, 0x7E, 0x01, 0x00], want: .header(.binary, payload: 256, size: 4)),
        Row(
            name: "16-bit 126, least", wire: [0x82, 0x7E, 0, 126],
            want: .header(.binary, payload: 126, size: 4)),
        Row(name: "16-bit 125, not minimal", wire: [0x82, 0x7E, 0, 125], want: .refused(.lengthNotMinimal)),
        Row(name: "16-bit 0, not minimal", wire: [0x82, 0x7E, 0, 0], want: .refused(.lengthNotMinimal)),
        Row(
            name: "16-bit 65535", wire: [0x82, 0x7E, 255, 255],
            want: .header(.binary, payload: 65_535, size: 4)),
        Row(
            name: "64-bit 65536, least", wire: [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0],
            want: .header(.binary, payload: 65_536, size: 10)),
        Row(
            name: "64-bit 65535, not minimal", wire: [0x82, 0x7F, 0, 0, 0, 0, 0, 0, 255, 255],
            want: .refused(.lengthNotMinimal)),
        Row(name: "64-bit cut", wire: [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0], want: .needsMore),
        Row(
            name: "limit", wire: [0x82, 0x7F, 0, 0, 0, 0, 0, 0x10, 0, 0],
            want: .header(.binary, payload: 1 << 20, size: 10)),
        Row(
            name: "limit + 1", wire: [0x82, 0x7F, 0, 0, 0, 0, 0, 0x10, 0, 1],
            want: .refused(.frameTooLong(payloadBytes: 1 << 20 + 1, limitBytes: 1 << 20))),
        Row(
            name: "largest length", wire: [0x82, 0x7F, 0x7F, 255, 255, 255, 255, 255, 255, 255],
            want: .refused(.frameTooLong(payloadBytes: Int.max, limitBytes: 1 << 20))),
        Row(
            name: "64th bit", wire: [0x82, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0],
            want: .refused(.lengthAbove63Bits)),
        Row(name: "64th bit, early", wire: [0x82, 0x7F, 0xFF], want: .refused(.lengthAbove63Bits)),
    ]

    static let masks: [Row] = [
        Row(
            name: "client masks", wire: [0x81, 0x80, 1, 2, 3, 4], want: .header(.text, payload: 0, size: 6),
            sender: .client),
        Row(name: "key cut", wire: [0x81, 0x85, 1, 2, 3], want: .needsMore, sender: .client),
        Row(
            name: "16-bit, masked", wire: [0x81, 0xFE, 1, 0, 1, 2, 3, 4],
            want: .header(.text, payload: 256, size: 8), sender: .client),
        Row(
            name: "64-bit, masked", wire: [0x81, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4],
            want: .header(.text, payload: 65_536, size: 14), sender: .client),
        Row(
            name: "client does not mask", wire: [0x81, 0x05], want: .refused(.frameNotMasked), sender: .client
        ),
        Row(name: "server masks", wire: [0x81, 0x85], want: .refused(.frameMasked)),
        Row(
            name: "client's pong without mask", wire: [0x8A, 0x00], want: .refused(.frameNotMasked),
            sender: .client),
    ]

    static let controls: [Row] = [
        Row(name: "ping 125", wire: [0x89, 125], want: .header(.ping, payload: 125, size: 2)),
        Row(name: "ping 126", wire: [0x89, 0x7E], want: .refused(.controlFrameTooLong(payloadBytes: 126))),
        Row(
            name: "pong 64-bit", wire: [0x8A, 0x7F], want: .refused(.controlFrameTooLong(payloadBytes: 127))),
        Row(
            name: "close 126", wire: [0x88, 0x7E, 0, 126],
            want: .refused(.controlFrameTooLong(payloadBytes: 126))),
        Row(name: "fragmented ping", wire: [0x09], want: .refused(.controlFrameFragmented)),
        Row(name: "fragmented close", wire: [0x08, 0x02], want: .refused(.controlFrameFragmented)),
        Row(name: "fragmented pong", wire: [0x0A], want: .refused(.controlFrameFragmented)),
        Row(name: "close of one byte", wire: [0x88, 0x01], want: .refused(.closeCodeCut)),
        Row(name: "close of none", wire: [0x88, 0x00], want: .header(.close, payload: 0, size: 2)),
        Row(
            name: "ping inside a message", wire: [0x89, 0x00], want: .header(.ping, payload: 0, size: 2),
            isMessageOpen: true),
    ]

    static let sequence: [Row] = [
        Row(name: "continuation of nothing", wire: [0x80], want: .refused(.nothingToContinue)),
        Row(name: "continuation of nothing, not final", wire: [0x00], want: .refused(.nothingToContinue)),
        Row(
            name: "continuation", wire: [0x80, 0x01], want: .header(.continuation, payload: 1, size: 2),
            isMessageOpen: true),
        Row(
            name: "text inside a message", wire: [0x81], want: .refused(.messageIncomplete),
            isMessageOpen: true),
        Row(
            name: "binary inside a message", wire: [0x02], want: .refused(.messageIncomplete),
            isMessageOpen: true),
    ]

    /// Every first byte, against the rules written out as in the RFC.
    static let firstBytes: [Row] = (0...255).flatMap { first in
        [(false, false), (true, false), (false, true), (true, true)].map { mayCompress, isOpen in
            let byte = UInt8(first)
            let opcode = byte & 0x0F
            let reserved = byte >> 4 & 7
            let want: Outcome =
                if (3...7).contains(opcode) || opcode > 10 {
                    .refused(.reservedOpcode(opcode))
                } else if reserved != 0, !(reserved == 4 && mayCompress && (opcode == 1 || opcode == 2)) {
                    .refused(.reservedBitSet(byte: byte))
                } else if opcode == 0, !isOpen {
                    .refused(.nothingToContinue)
                } else if opcode == 1 || opcode == 2, isOpen {
                    .refused(.messageIncomplete)
                } else if opcode > 7, byte < 0x80 { .refused(.controlFrameFragmented) } else {
                    .header(Opcode(rawValue: opcode)!, payload: 0, size: 2)
                }
            return Row(
                name: "first byte \(first), deflate \(mayCompress), open \(isOpen)", wire: [byte, 0],
                want: want,
                mayCompress: mayCompress, isMessageOpen: isOpen)
        }
    }

    @Test(arguments: lengths + masks + controls + sequence) func parse(_ row: Row) {
        #expect(Self.outcome(row, row.wire) == row.want)
    }

    @Test func everyFirstByte() {
        #expect(Self.firstBytes.count == 1_024)
        for row in Self.firstBytes { #expect(Self.outcome(row, row.wire) == row.want, "\(row.name)") }
    }

    /// Cutting the input anywhere gives either a wait or the same answer as the whole.
    @Test(arguments: lengths + masks + controls + sequence) func prefixNeverChangesTheAnswer(_ row: Row) {
        for cut in 0..<row.wire.count {
            let early = Self.outcome(row, Array(row.wire[..<cut]))
            #expect(early == .needsMore || early == row.want)
        }
    }

    @Test func keyAndFlags() throws {
        let rules = FrameRules(sender: .client, mayCompress: true, isMessageOpen: false, maxPayloadBytes: 10)
        let header = try withView([0x41, 0x81, 0x11, 0x22, 0x33, 0x44]) {
            try FrameHeader.parse($0, rules: rules)
        }
        #expect(header?.maskKey == MaskKey(word: 0x4433_2211))
        #expect(header?.isFinal == false && header?.isCompressed == true)
    }

    /// A frame limit of zero and of the largest number.
    @Test(arguments: [0, Int.max]) func extremeLimits(limit: Int) throws {
        let rules = FrameRules(
            sender: .server, mayCompress: false, isMessageOpen: false, maxPayloadBytes: limit)
        #expect(try withView([0x82, 0]) { try FrameHeader.parse($0, rules: rules) } != nil)
        let one = Result { try withView([0x82, 1]) { try FrameHeader.parse($0, rules: rules) } }
        #expect((try? one.get()) != nil || limit == 0)
        let largest: [UInt8] = [0x82, 0x7F, 0x7F, 255, 255, 255, 255, 255, 255, 255]
        let header = try? withView(largest) { try FrameHeader.parse($0, rules: rules) }
        #expect(header?.payloadBytes == (limit == 0 ? nil : Int.max))
    }
}
