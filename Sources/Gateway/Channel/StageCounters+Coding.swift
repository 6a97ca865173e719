// Counters of stages on the channel: 48 bytes each.

internal import Bytes
internal import Pipeline

extension StageCounters {
    /// More than a configuration has; what a message of `ChannelLimits.messageBytes` holds.
    static let mostInMessage = 1_024

    func encode(into buffer: inout ByteBuffer) {
        for number in [pushes, blocks, notes, suspensions, timeouts, nanoseconds] {
            buffer.append(littleEndian: UInt64(clamping: number))
        }
    }

    init(decoding reader: inout ChannelReader) throws(ChannelError) {
        self.init()
        pushes = Int(clamping: try reader.uint64())
        blocks = Int(clamping: try reader.uint64())
        notes = Int(clamping: try reader.uint64())
        suspensions = Int(clamping: try reader.uint64())
        timeouts = Int(clamping: try reader.uint64())
        nanoseconds = Int(clamping: try reader.uint64())
    }
}
