// The bytes of a worker's message.

package import Bytes
internal import Pipeline

extension WorkerMessage: ChannelMessage {
    private enum Tag: UInt8 {
        case ready = 1, prepared, refused, activated, drained, connections, closedConnection, stages
    }

    package var descriptorCount: Int { 0 }

    package func encode(into buffer: inout ByteBuffer) throws(ChannelError) {
        switch self {
        case .ready:
            buffer.append(Tag.ready.rawValue)
        case .prepared(let generation):
            buffer.append(Tag.prepared.rawValue)
            buffer.append(littleEndian: generation)
        case .refused(let generation, let reason):
            buffer.append(Tag.refused.rawValue)
            buffer.append(littleEndian: generation)
            // A reason that is too long is cut: half an explanation is better than a lost refusal.
            let text = Self.cut(reason, toBytes: ChannelLimits.reasonBytes)
            try buffer.append(text: text, limitBytes: ChannelLimits.reasonBytes)
        case .activated(let generation):
            buffer.append(Tag.activated.rawValue)
            buffer.append(littleEndian: generation)
        case .drained:
            buffer.append(Tag.drained.rawValue)
        case .connections(let query, let page):
            buffer.append(Tag.connections.rawValue)
            buffer.append(littleEndian: query)
            try page.encode(into: &buffer)
        case .stages(let query, let counters):
            buffer.append(Tag.stages.rawValue)
            buffer.append(littleEndian: query)
            let sent = counters.prefix(StageCounters.mostInMessage)
            buffer.append(littleEndian: UInt32(sent.count))
            for one in sent { one.encode(into: &buffer) }
        case .closedConnection(let query, let wasFound):
            buffer.append(Tag.closedConnection.rawValue)
            buffer.append(littleEndian: query)
            buffer.append(wasFound ? 1 as UInt8 : 0)
        }
    }

    package init(decoding reader: inout ChannelReader) throws(ChannelError) {
        let byte = try reader.byte()
        guard let tag = Tag(rawValue: byte) else { throw .malformed("tag \(byte)") }
        switch tag {
        case .ready: self = .ready
        case .prepared: self = .prepared(generation: try reader.uint64())
        case .refused:
            let generation = try reader.uint64()
            self = .refused(
                generation: generation, reason: try reader.text(limitBytes: ChannelLimits.reasonBytes))
        case .activated: self = .activated(generation: try reader.uint64())
        case .drained: self = .drained
        case .connections:
            self = .connections(query: try reader.uint32(), try ConnectionPage(decoding: &reader))
        case .stages:
            let query = try reader.uint32()
            let count = Int(try reader.uint32())
            guard count <= StageCounters.mostInMessage else { throw .malformed("\(count) stages") }
            var counters: [StageCounters] = []
            for _ in 0..<count { counters.append(try StageCounters(decoding: &reader)) }
            self = .stages(query: query, counters)
        case .closedConnection:
            self = .closedConnection(query: try reader.uint32(), wasFound: try reader.byte() != 0)
        }
    }

    /// The longest run of whole characters that fits.
    private static func cut(_ text: String, toBytes limitBytes: Int) -> String {
        guard text.utf8.count > limitBytes else { return text }
        var kept = String.UnicodeScalarView()
        var bytes = 0
        for scalar in text.unicodeScalars {
            bytes += UTF8.width(scalar)
            guard bytes <= limitBytes else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
