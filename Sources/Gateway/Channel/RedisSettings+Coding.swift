// The bytes of a Redis server's settings in a message to a worker.

internal import Bytes
internal import SharedDictionary

extension RedisSettings {
    func encode(into buffer: inout ByteBuffer) throws(ChannelError) {
        try buffer.append(text: host, limitBytes: ChannelLimits.hostBytes)
        buffer.append(littleEndian: port)
        try buffer.append(text: prefix, limitBytes: RedisSettings.prefixBytes)
        buffer.append(littleEndian: UInt32(clamping: intervalMilliseconds))
        buffer.append(password == nil ? 0 : 1)
        if let password { try buffer.append(text: password, limitBytes: RedisSettings.passwordBytes) }
    }

    init(decoding reader: inout ChannelReader) throws(ChannelError) {
        self.init(
            host: try reader.text(limitBytes: ChannelLimits.hostBytes), port: try reader.uint16())
        prefix = try reader.text(limitBytes: RedisSettings.prefixBytes)
        intervalMilliseconds = Int(try reader.uint32())
        switch try reader.byte() {
        case 0: break
        case 1: password = try reader.text(limitBytes: RedisSettings.passwordBytes)
        case let other: throw .malformed("presence byte \(other)")
        }
    }
}
