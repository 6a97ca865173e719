// The bytes of a master's message.

package import Bytes
internal import RuleStore
internal import SharedDictionary

extension MasterMessage: ChannelMessage {
    private enum Tag: UInt8 {
        case start = 1, logLevel, listeners, retire, prepare, activate, logs, quit, terminate
        case dictionaries
        case listConnections, closeConnection, listStages
        case redis, tellBan
    }

    private var tag: Tag {
        switch self {
        case .start: .start
        case .dictionaries: .dictionaries
        case .logLevel: .logLevel
        case .listeners: .listeners
        case .retire: .retire
        case .prepare: .prepare
        case .activate: .activate
        case .logs: .logs
        case .quit: .quit
        case .terminate: .terminate
        case .listConnections: .listConnections
        case .listStages: .listStages
        case .closeConnection: .closeConnection
        case .redis: .redis
        case .tellBan: .tellBan
        }
    }

    package func encode(into buffer: inout ByteBuffer) throws(ChannelError) {
        buffer.append(tag.rawValue)
        switch self {
        case .start(let slot, let workerCount, let userID, let groupID):
            guard let slot = UInt16(exactly: slot), let workerCount = UInt16(exactly: workerCount) else {
                throw .tooLong("slot \(slot) of \(workerCount)")
            }
            buffer.append(littleEndian: slot)
            buffer.append(littleEndian: workerCount)
            buffer.append(optional: userID)
            buffer.append(optional: groupID)
        case .dictionaries(let names):
            guard names.count <= ChannelLimits.dictionaries else {
                throw .tooLong("\(names.count) dictionaries, limit \(ChannelLimits.dictionaries)")
            }
            buffer.append(UInt8(names.count))
            for name in names {
                try buffer.append(text: name, limitBytes: ChannelLimits.dictionaryNameBytes)
            }
        case .redis(let dictionary, let settings):
            try buffer.append(text: dictionary, limitBytes: ChannelLimits.dictionaryNameBytes)
            try settings.encode(into: &buffer)
        case .tellBan(let dictionary, let key, let end):
            try buffer.append(text: dictionary, limitBytes: ChannelLimits.dictionaryNameBytes)
            try buffer.append(text: key, limitBytes: ChannelLimits.banKeyBytes)
            buffer.append(littleEndian: UInt64(bitPattern: end))
        case .logLevel(let level):
            buffer.append(level)
        case .listeners(let addresses), .retire(let addresses):
            try Self.encode(addresses, into: &buffer)
        case .prepare(let generation), .activate(let generation):
            buffer.append(littleEndian: generation)
        case .listConnections(let query, let start):
            buffer.append(littleEndian: query)
            buffer.append(littleEndian: start)
        case .listStages(let query): buffer.append(littleEndian: query)
        case .closeConnection(let query, let identifier):
            buffer.append(littleEndian: query)
            try buffer.append(text: identifier, limitBytes: ConnectionPage.textBytes)
        case .logs, .quit, .terminate:
            break
        }
    }

    package init(decoding reader: inout ChannelReader) throws(ChannelError) {
        let byte = try reader.byte()
        guard let tag = Tag(rawValue: byte) else { throw .malformed("tag \(byte)") }
        switch tag {
        case .start:
            self = .start(
                slot: Int(try reader.uint16()), workerCount: Int(try reader.uint16()),
                userID: try reader.optionalUInt32(), groupID: try reader.optionalUInt32())
        case .dictionaries:
            let count = Int(try reader.byte())
            guard count <= ChannelLimits.dictionaries else {
                throw .tooLong("\(count) dictionaries, limit \(ChannelLimits.dictionaries)")
            }
            var names: [String] = []
            for _ in 0..<count {
                names.append(try reader.text(limitBytes: ChannelLimits.dictionaryNameBytes))
            }
            self = .dictionaries(names)
        case .redis:
            let dictionary = try reader.text(limitBytes: ChannelLimits.dictionaryNameBytes)
            self = .redis(dictionary: dictionary, try RedisSettings(decoding: &reader))
        case .tellBan:
            self = .tellBan(
                dictionary: try reader.text(limitBytes: ChannelLimits.dictionaryNameBytes),
                key: try reader.text(limitBytes: ChannelLimits.banKeyBytes),
                end: Int64(bitPattern: try reader.uint64()))
        case .logLevel: self = .logLevel(try reader.byte())
        case .listeners: self = .listeners(try Self.addresses(from: &reader))
        case .retire: self = .retire(try Self.addresses(from: &reader))
        case .prepare: self = .prepare(generation: try reader.uint64())
        case .activate: self = .activate(generation: try reader.uint64())
        case .logs: self = .logs
        case .quit: self = .quit
        case .terminate: self = .terminate
        case .listConnections:
            self = .listConnections(query: try reader.uint32(), from: try reader.uint32())
        case .listStages: self = .listStages(query: try reader.uint32())
        case .closeConnection:
            self = .closeConnection(
                query: try reader.uint32(), identifier: try reader.text(limitBytes: ConnectionPage.textBytes))
        }
    }

    private static func encode(_ addresses: [ListenAddress], into buffer: inout ByteBuffer)
        throws(ChannelError)
    {
        guard addresses.count <= ChannelLimits.addresses else {
            throw .tooLong("\(addresses.count) addresses, limit \(ChannelLimits.addresses)")
        }
        buffer.append(UInt8(addresses.count))
        for address in addresses {
            buffer.append(littleEndian: address.port)
            try buffer.append(text: address.host, limitBytes: ChannelLimits.hostBytes)
        }
    }

    private static func addresses(from reader: inout ChannelReader) throws(ChannelError) -> [ListenAddress] {
        let count = Int(try reader.byte())
        guard count <= ChannelLimits.addresses else {
            throw .tooLong("\(count) addresses, limit \(ChannelLimits.addresses)")
        }
        var addresses: [ListenAddress] = []
        for _ in 0..<count {
            let port = try reader.uint16()
            addresses.append(
                ListenAddress(host: try reader.text(limitBytes: ChannelLimits.hostBytes), port: port))
        }
        return addresses
    }
}
