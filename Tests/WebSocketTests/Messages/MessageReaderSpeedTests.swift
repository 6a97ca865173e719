internal import Bytes
internal import Glibc
internal import Testing
internal import WebSocket

/// Measures instead of judging: run in release with WAFD_BENCHMARKS=1. Absolute times differ
/// between machines; the figures quoted elsewhere are from one run.
@Suite(
    "Speed of the frame path", .serialized,
    .enabled(if: unsafe getenv("WAFD_BENCHMARKS") != nil, "set WAFD_BENCHMARKS=1 to measure"))
struct MessageReaderSpeedTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var opcode: UInt8
        var payload: [UInt8]
        var sender = FrameSender.client
        var wantsPayload = true
        var testDescription: String { name }
    }

    static func ascii(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(0x20 + $0 % 90) } }

    static let rows: [Row] = [
        Row(name: "text 32 B, masked", opcode: 1, payload: ascii(32)),
        Row(name: "text 32 B, masked, only checked", opcode: 1, payload: ascii(32), wantsPayload: false),
        Row(name: "text 32 B, unmasked", opcode: 1, payload: ascii(32), sender: .server),
        Row(name: "binary 32 B, masked, only checked", opcode: 2, payload: ascii(32), wantsPayload: false),
        Row(name: "text 1 KiB, masked", opcode: 1, payload: ascii(1_024)),
        Row(name: "text 64 KiB, masked", opcode: 1, payload: ascii(65_535)),
        Row(
            name: "Greek 1 KiB, masked", opcode: 1,
            payload: Array(String(repeating: "κόσμε ", count: 93).utf8)),
        Row(
            name: "Chinese 1 KiB, masked", opcode: 1,
            payload: Array(String(repeating: "信息安全", count: 85).utf8)),
    ]

    @Test(arguments: rows) func measure(_ row: Row) throws {
        var wire = Wire(mask: row.sender == .client ? 0x3D21_FA37 : nil)
        let perBuffer = max(1, 65_536 / (row.payload.count + 8))
        for _ in 0..<perBuffer { wire.add(row.opcode, row.payload) }
        let rounds = max(1, 200_000_000 / (row.payload.count + 600) / perBuffer)
        var scratch = MessageScratch()
        var reader = MessageReader(
            sender: row.sender, limits: MessageLimits(maxFrameBytes: 1 << 20, maxMessageBytes: 1 << 20),
            deflate: nil,
            wantsPayload: row.wantsPayload)
        var messages = 0
        var best = Double.infinity
        for _ in 0..<5 {
            messages = 0
            let before = Self.threadNanoseconds()
            for _ in 0..<rounds {
                try withView(wire.bytes) { view throws(FrameError) in
                    var offset = 0
                    while offset < view.count {
                        guard
                            case .message(_, let end) = try reader.read(view, from: offset, scratch: &scratch)
                        else { return }
                        offset = end
                        messages += 1
                    }
                }
            }
            best = min(best, Self.threadNanoseconds() - before)
        }
        #expect(messages == rounds * perBuffer)
        print("\(row.name): \(best / Double(messages)) ns a message")
    }

    /// CPU time of this thread: the machine may be busy with other things.
    static func threadNanoseconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
