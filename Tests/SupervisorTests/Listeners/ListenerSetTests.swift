// Sockets that are opened, staged, handed out and retired.

import Foundation
import Glibc
import Posix
import RuleStore
import Supervisor
import Testing

@Suite("Listeners") struct ListenerSetTests {
    /// An address that nobody listens on at this moment.
    static func freeAddress(_ host: String = "127.0.0.1") throws -> ListenAddress {
        let any = try #require(SocketAddress(host: host, port: 0))
        let socket = try ListenSocket.open(any, sharesPort: false)
        let port = try #require(StreamSocket.localAddress(socket.number)?.port)
        return ListenAddress(host: host, port: port)
    }

    static func committed(_ addresses: [ListenAddress], slots: Int = 2) throws -> ListenerSet {
        let set = ListenerSet(slotCount: slots)
        try set.stage(addresses)
        set.commit()
        return set
    }

    @Test("each slot has a socket of its own", arguments: ["127.0.0.1", "::1"]) func ownSockets(host: String)
        throws
    {
        let address = try Self.freeAddress(host)
        let set = try Self.committed([address])
        let first = try #require(set.socket(address, slot: 0))
        let second = try #require(set.socket(address, slot: 1))
        #expect(first != second)
        #expect(StreamSocket.localAddress(first)?.port == address.port)
        #expect(StreamSocket.localAddress(second)?.port == address.port)
    }

    @Test("an address in use is refused, and nothing is left open") func inUse() throws {
        let taken = try Self.freeAddress()
        let free = try Self.freeAddress()
        let other = try Self.committed([taken], slots: 1)
        let set = ListenerSet(slotCount: 2)
        #expect(throws: ListenerSet.Failure.unavailable(taken, SystemError(call: "bind", code: EADDRINUSE))) {
            try set.stage([free, taken])
        }
        #expect(set.socket(free, slot: 0) == nil)
        try ListenSocket.probe(try #require(SocketAddress(host: free.host, port: free.port)))
        #expect(other.addresses == [taken])
    }

    @Test("the wildcard and an address on one port, at once and one after the other") func wildcard() throws {
        let one = try Self.freeAddress()
        let all = ListenAddress(host: "0.0.0.0", port: one.port)
        _ = try Self.committed([one, all])
        let set = try Self.committed([all])
        try set.stage([all, one])
        set.commit()
        #expect(set.addresses == [all, one])
    }

    @Test("what a worker lacks and what it should not have") func changes() throws {
        let (a, b, c) = (try Self.freeAddress(), try Self.freeAddress(), try Self.freeAddress())
        let set = try Self.committed([a, b])
        #expect(set.changes(forSlot: 0) == .init(added: [a, b]))
        set.gave(a, slot: 0)
        set.gave(b, slot: 0)
        #expect(set.changes(forSlot: 0) == .init())
        try set.stage([b, c])
        #expect(set.changes(forSlot: 0) == .init())
        set.commit()
        #expect(set.changes(forSlot: 0) == .init(added: [c], removed: [a]))
        // A slot whose worker died meanwhile only gets what is in force.
        #expect(set.changes(forSlot: 1) == .init(added: [b, c]))
        set.retire(a, slot: 0)
        #expect(set.socket(a, slot: 0) == nil)
        #expect(set.socket(a, slot: 1) != nil)
        set.closeRetired()
        #expect(set.socket(a, slot: 1) == nil)
        #expect(set.socket(b, slot: 1) != nil)
        set.workerGone(slot: 0)
        #expect(set.changes(forSlot: 0) == .init(added: [b, c]))
    }

    @Test("what is given up is closed, what was there stays") func discard() throws {
        let (a, b) = (try Self.freeAddress(), try Self.freeAddress())
        let set = try Self.committed([a])
        let before = set.socket(a, slot: 0)
        try set.stage([a, b])
        set.discard()
        #expect(set.socket(a, slot: 0) == before)
        #expect(set.socket(b, slot: 0) == nil)
        try ListenSocket.probe(try #require(SocketAddress(host: b.host, port: b.port)))
    }

    @Test func notAnAddress() {
        let set = ListenerSet(slotCount: 1)
        let address = ListenAddress(host: "example.com", port: 80)
        #expect(throws: ListenerSet.Failure.notAnAddress(address)) { try set.stage([address]) }
    }

    @Test("a unix socket is one for all slots, and its path follows it") func unixSocket() throws {
        let folder = "/tmp/wafd-listen-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let address = ListenAddress(host: "unix:\(folder)/s", port: 0)
        let set = try Self.committed([address])
        #expect(set.socket(address, slot: 0) != nil)
        #expect(set.socket(address, slot: 0) == set.socket(address, slot: 1))
        var second = ListenerSet(slotCount: 1)
        #expect(throws: ListenerSet.Failure.served(address)) { try second.stage([address]) }
        try set.stage([])
        set.commit()
        set.closeRetired()
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/s"))
        // What a dead process left behind is taken over; a file of another kind is not.
        try second.stage([address])
        second.commit()
        second = ListenerSet(slotCount: 1)
        try second.stage([address])
        second.removePaths()
        #expect(FileManager.default.createFile(atPath: "\(folder)/s", contents: nil))
        #expect(throws: ListenerSet.Failure.unavailable(address, SystemError(call: "bind", code: EADDRINUSE)))
        {
            try second.stage([address])
        }
    }
}
