// The bytes of the messages between master and worker.

import Bytes
import Gateway
import Posix
import RuleStore
import SharedDictionary
import Testing

@Suite("Messages between master and worker") struct MessageCodingTests {
    static let masterMessages: [MasterMessage] = [
        .start(slot: 0, workerCount: 1, userID: nil, groupID: nil),
        .start(slot: 65_535, workerCount: 65_535, userID: 65_534, groupID: .max),
        .start(slot: 3, workerCount: 4, userID: 0, groupID: nil),
        .dictionaries([]), .dictionaries(["collections", "rates"]),
        .dictionaries(
            (0..<ChannelLimits.dictionaries).map { _ in
                String(repeating: "n", count: ChannelLimits.dictionaryNameBytes)
            }),
        .redis(dictionary: "rates", RedisSettings(host: "127.0.0.1", port: 6_379)),
        .redis(dictionary: "bans", fullRedis),
        .tellBan(dictionary: "bans", key: "2001:db8::1", end: .max), .tellBan(dictionary: "bans", key: "", end: 0),
        .logLevel(0), .logLevel(7),
        .listeners([]),
        .listeners([ListenAddress(host: "127.0.0.1", port: 80), ListenAddress(host: "::", port: 65_535)]),
        .retire([ListenAddress(host: "unix:/run/wafd/über.sock", port: 0)]),
        .retire(
            (0..<ChannelLimits.addresses).map { _ in
                ListenAddress(host: String(repeating: "x", count: ChannelLimits.hostBytes), port: 1)
            }),
        .prepare(generation: 1), .prepare(generation: .max),
        .activate(generation: 0x0102_0304_0506_0708),
        .logs, .quit, .terminate, .listConnections(query: 1, from: .max),
        .closeConnection(query: .max, identifier: "0123456789abcdef"),
    ]

    static let workerMessages: [WorkerMessage] = [
        .ready, .prepared(generation: .max), .refused(generation: 7, reason: ""),
        .refused(generation: 7, reason: "blob rules/0: hash mismatch"),
        .refused(generation: 7, reason: String(repeating: "r", count: ChannelLimits.reasonBytes)),
        .activated(generation: 3), .drained, .closedConnection(query: 7, wasFound: true),
        .connections(query: 1, ConnectionPage()), .connections(query: .max, fullPage),
    ]

    /// With the longest texts.
    static var fullRedis: RedisSettings {
        var settings = RedisSettings(host: String(repeating: "h", count: ChannelLimits.hostBytes), port: .max)
        settings.prefix = String(repeating: "p", count: RedisSettings.prefixBytes)
        settings.password = String(repeating: "s", count: RedisSettings.passwordBytes)
        settings.intervalMilliseconds = 10_000
        return settings
    }

    /// As many connections as there may be, with the longest texts.
    static var fullPage: ConnectionPage {
        let text = String(repeating: "x", count: ConnectionPage.textBytes)
        var report = ConnectionReport(identifier: text, client: text)
        report.host = text
        report.path = text
        report.subprotocol = text
        report.isCompressed = true
        report.ageSeconds = 1
        report.messagesFromClient = 2
        report.messagesFromServer = 3
        report.bytesFromClient = 4
        report.bytesFromServer = .max
        var page = ConnectionPage()
        page.connections = Array(repeating: report, count: ConnectionPage.count)
        page.next = .max
        return page
    }

    static func encoded(_ message: some ChannelMessage) throws -> [UInt8] {
        var buffer = ByteBuffer()
        try message.encode(into: &buffer)
        return buffer.view.indices.map { buffer.view[$0] }
    }

    static func decoded<M: ChannelMessage>(_ bytes: [UInt8], as type: M.Type) throws(ChannelError) -> M {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        var reader = ChannelReader(buffer.view)
        let message = try M(decoding: &reader)
        try reader.finish()
        return message
    }

    @Test(arguments: masterMessages) func masterRoundTrip(_ message: MasterMessage) throws {
        let bytes = try Self.encoded(message)
        #expect(bytes.count <= ChannelLimits.messageBytes)
        #expect(try Self.decoded(bytes, as: MasterMessage.self) == message)
        Self.refusesEveryCut(bytes, as: MasterMessage.self)
    }

    @Test(arguments: workerMessages) func workerRoundTrip(_ message: WorkerMessage) throws {
        let bytes = try Self.encoded(message)
        #expect(bytes.count <= ChannelLimits.messageBytes)
        #expect(try Self.decoded(bytes, as: WorkerMessage.self) == message)
        Self.refusesEveryCut(bytes, as: WorkerMessage.self)
    }

    /// A message cut anywhere, or with a byte too many, is refused.
    static func refusesEveryCut<M: ChannelMessage>(_ bytes: [UInt8], as type: M.Type) {
        let cuts =
            bytes.count < 600
            ? Array(0..<bytes.count) : Array(0..<300) + Array(bytes.count - 300..<bytes.count)
        for cut in cuts {
            #expect(throws: ChannelError.self) { _ = try decoded(Array(bytes[..<cut]), as: type) }
        }
        #expect(throws: ChannelError.malformed("1 bytes too many")) { _ = try decoded(bytes + [0], as: type) }
    }

    /// Any byte changed to any value gives a message or an error, never a trap.
    @Test func damage() throws {
        var outcomes = 0
        for message in Self.masterMessages {
            let bytes = try Self.encoded(message)
            guard bytes.count < 1_000 else { continue }
            for index in bytes.indices.prefix(64) {
                for value in UInt8.min...UInt8.max {
                    var damaged = bytes
                    damaged[index] = value
                    _ = try? Self.decoded(damaged, as: MasterMessage.self)
                    _ = try? Self.decoded(damaged, as: WorkerMessage.self)
                    outcomes += 1
                }
            }
        }
        #expect(outcomes > 10_000)
    }

    @Test("one past each limit") func limits() throws {
        let address = ListenAddress(host: "::1", port: 1)
        #expect(throws: ChannelError.self) {
            try Self.encoded(
                MasterMessage.listeners(Array(repeating: address, count: ChannelLimits.addresses + 1)))
        }
        let long = ListenAddress(host: String(repeating: "x", count: ChannelLimits.hostBytes + 1), port: 1)
        #expect(throws: ChannelError.self) { try Self.encoded(MasterMessage.retire([long])) }
        #expect(throws: ChannelError.self) {
            try Self.encoded(MasterMessage.start(slot: 65_536, workerCount: 1, userID: nil, groupID: nil))
        }
        #expect(throws: ChannelError.self) {
            try Self.encoded(MasterMessage.start(slot: -1, workerCount: 1, userID: nil, groupID: nil))
        }
        var page = Self.fullPage
        page.connections.append(page.connections[0])
        #expect(throws: ChannelError.self) { try Self.encoded(WorkerMessage.connections(query: 1, page)) }
        // 254 addresses are announced.
        #expect(throws: ChannelError.tooLong("254 addresses, limit 253")) {
            _ = try Self.decoded([3, 254], as: MasterMessage.self)
        }
    }

    @Test("a long reason is cut between characters") func longReason() throws {
        let reason = String(repeating: "ü", count: ChannelLimits.reasonBytes)
        let bytes = try Self.encoded(WorkerMessage.refused(generation: 1, reason: "x" + reason))
        let half = String(repeating: "ü", count: ChannelLimits.reasonBytes / 2 - 1)
        #expect(
            try Self.decoded(bytes, as: WorkerMessage.self) == .refused(generation: 1, reason: "x" + half))
    }

    @Test("text that is not UTF-8") func notText() {
        let bytes: [UInt8] = [3] + [UInt8](repeating: 0, count: 8) + [1, 0, 0xFF]
        #expect(throws: ChannelError.malformed("text that is not UTF-8")) {
            _ = try Self.decoded(bytes, as: WorkerMessage.self)
        }
    }
}

@Suite("Channel between master and worker") struct MessageChannelTests {
    /// Both ends of one channel. Tests of the master's side use it as the worker.
    struct Ends: ~Copyable {
        let master: MasterChannel
        let worker: WorkerChannel

        init() throws {
            let pair = try PacketSocket.pair()
            let first = try pair.first.descriptor.duplicate().release()
            let second = try pair.second.descriptor.duplicate().release()
            master = MasterChannel(descriptor: first)
            worker = WorkerChannel(descriptor: second)
        }
    }

    static func next<O, I>(_ channel: borrowing MessageChannel<O, I>) throws -> I? {
        guard let received = try channel.receive() else { return nil }
        return received.message
    }

    @Test("messages arrive whole and in order, both ways") func order() throws {
        let ends = try Ends()
        #expect(try Self.next(ends.worker) == nil)
        let store = try SealedMemory.create(name: "store")
        try ends.master.send(.prepare(generation: 5), descriptors: [store.number])
        try ends.master.send(.activate(generation: 5))
        guard var first = try ends.worker.receive() else {
            Issue.record("no message")
            return
        }
        #expect(first.message == .prepare(generation: 5))
        guard case .some = first.descriptors.take(at: 0) else {
            Issue.record("no descriptor")
            return
        }
        #expect(try Self.next(ends.worker) == .activate(generation: 5))
        #expect(try Self.next(ends.worker) == nil)
        try ends.worker.send(.activated(generation: 5))
        #expect(try Self.next(ends.master) == .activated(generation: 5))
    }

    @Test("a queue that nobody reads fills up and says so") func full() throws {
        let ends = try Ends()
        let message = WorkerMessage.refused(generation: 1, reason: String(repeating: "x", count: 4_096))
        #expect(throws: ChannelError.full) {
            for _ in 0..<10_000 { try ends.worker.send(message) }
        }
        #expect(try Self.next(ends.master) == message)
    }

    @Test("the wrong number of descriptors") func descriptorCount() throws {
        let pair = try PacketSocket.pair()
        let worker = WorkerChannel(descriptor: try pair.second.descriptor.duplicate().release())
        var buffer = ByteBuffer()
        try MasterMessage.prepare(generation: 1).encode(into: &buffer)
        #expect(try pair.first.send(buffer.view, descriptors: []))
        #expect(throws: ChannelError.wrongDescriptorCount(expected: 1, found: 0)) { _ = try worker.receive() }
        buffer.removeAll(keepingCapacity: true)
        try MasterMessage.quit.encode(into: &buffer)
        #expect(try pair.first.send(buffer.view, descriptors: [0]))
        #expect(throws: ChannelError.wrongDescriptorCount(expected: 0, found: 1)) { _ = try worker.receive() }
    }
}
