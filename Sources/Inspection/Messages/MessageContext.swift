// What a WebSocket keeps of its handshake.

package import Bytes
internal import RuleStore
internal import SharedDictionary

/// Owned copies of the handshake's values that message rules, their macros and the log name, and TX.
///
/// Made once a connection. Fields and cookies are chosen by the rules of the time: after a reload,
/// one that only the newer rules name is absent.
package final class MessageContext {
    struct Slice {
        var offset: UInt32
        var count: UInt32
    }
    struct Member {
        var name: Slice
        var value: Slice
    }

    /// A record of a persistent collection that the handshake had open.
    struct Record {
        var collection: VariableName
        var group: KeyDigest
        var key: Slice
        var timeoutSeconds: Int
    }

    private var bytes = ByteBuffer()
    private(set) var requestLine = Slice(offset: 0, count: 0)
    private(set) var method = Slice(offset: 0, count: 0)
    private(set) var target = Slice(offset: 0, count: 0)
    private(set) var protocolText = Slice(offset: 0, count: 0)
    private(set) var remoteAddress = Slice(offset: 0, count: 0)
    private(set) var serverAddress = Slice(offset: 0, count: 0)
    private(set) var serverName = Slice(offset: 0, count: 0)
    private(set) var uniqueID = Slice(offset: 0, count: 0)
    private(set) var headers: [Member] = []
    private(set) var cookies: [Member] = []
    /// At most one a collection.
    private(set) var records: [Record] = []
    private(set) var sessionID = Slice(offset: 0, count: 0)
    private(set) var userID = Slice(offset: 0, count: 0)
    /// What rules remember of the connection; nil while they remember nothing.
    var memory: ConnectionMemory?
    let remotePort: Int
    let serverPort: Int
    let snapshot: TransactionSnapshot

    /// The largest request line that is kept whole; of a longer one the target alone is kept, cut.
    static let requestLineLimitBytes = 2_048

    init(request: RequestValues, connection: ConnectionFacts, snapshot: TransactionSnapshot) {
        self.snapshot = snapshot
        remotePort = connection.remotePort
        serverPort = connection.serverPort
        if request.line.count <= Self.requestLineLimitBytes { requestLine = keep(request.line) }
        method = keep(request.method)
        target = keep(request.target[..<min(request.target.count, Self.requestLineLimitBytes)])
        protocolText = keep(request.protocolText)
        remoteAddress = keep(connection.remoteAddress)
        serverAddress = keep(connection.serverAddress)
        serverName = keep(connection.serverName)
        uniqueID = keep(connection.uniqueID)
    }

    func addHeader(_ member: NamedValue) {
        headers.append(Member(name: keep(member.name), value: keep(member.value)))
    }

    func addCookie(_ member: NamedValue) {
        cookies.append(Member(name: keep(member.name), value: keep(member.value)))
    }

    func addCollections(_ collections: CollectionTable) {
        sessionID = keep(collections.sessionID)
        userID = keep(collections.userID)
        for collection in CollectionTable.names {
            guard let record = collections[collection] else { continue }
            records.append(
                Record(
                    collection: collection, group: record.group, key: keep(record.key),
                    timeoutSeconds: record.timeoutSeconds))
        }
    }

    /// Valid while the context lives and nothing is added.
    /// The first of the fields that were kept under that name.
    package func header(_ name: ByteView) -> ByteView? {
        headers.first { self[$0.name].equalsIgnoringASCIICase(name) }.map { self[$0.value] }
    }

    subscript(slice: Slice) -> ByteView {
        bytes.view[Int(slice.offset)..<(Int(slice.offset) + Int(slice.count))]
    }

    /// Bytes of memory that this connection alone pays for.
    package var ownedBytes: Int {
        bytes.allocatedBytes + (headers.count + cookies.count) * 16
            + records.count * MemoryLayout<Record>.stride
    }

    private func keep(_ value: ByteView) -> Slice {
        let slice = Slice(offset: UInt32(bytes.count), count: UInt32(value.count))
        bytes.append(value)
        return slice
    }
}
