// What the master tells a worker. Descriptors travel beside the bytes, in the order named here.

package import RuleStore
package import SharedDictionary

package enum MasterMessage: Equatable, Sendable {
    /// The first message. Account numbers are nil when the worker keeps its master's account.
    /// Descriptors: the stats slab, the error log, the worker's ring of lines, the bell for its reader.
    case start(slot: Int, workerCount: Int, userID: UInt32?, groupID: UInt32?)
    /// The shared dictionaries, by name. Descriptors: one each, in the same order.
    case dictionaries([String])
    /// The Redis server that shares one of them with other machines.
    case redis(dictionary: String, RedisSettings)
    /// A ban that the master has set, or taken away (end 0), for the other machines of that dictionary to
    /// know. The end is in milliseconds since 1970.
    case tellBan(dictionary: String, key: String, end: Int64)
    /// The least severe level that goes to the error log: the raw value of a `LogLevel`.
    case logLevel(UInt8)
    /// Sockets to accept from. Descriptors: one each, in the same order.
    case listeners([ListenAddress])
    /// Sockets to drain and close.
    case retire([ListenAddress])
    /// Open and verify a generation, and keep it beside the one in use. A generation that was
    /// prepared before and never activated is given up. Descriptor: the sealed store.
    case prepare(generation: UInt64)
    /// Use the prepared generation from the next event on.
    case activate(generation: UInt64)
    /// Write to a new file from now on. Descriptor: the error log.
    case logs
    /// Tell of the open WebSockets from that place of the table on, a page of them.
    case listConnections(query: UInt32, from: UInt32)
    /// Counters of the stages of the generation in use.
    case listStages(query: UInt32)
    /// End the WebSocket of that identifier.
    case closeConnection(query: UInt32, identifier: String)
    /// Accept nothing more, let the open connections end, say `drained` and exit.
    case quit
    /// Exit now.
    case terminate

    /// Descriptors that must come with the message.
    package var descriptorCount: Int {
        switch self {
        case .start: 4
        case .dictionaries(let names): names.count
        case .listeners(let addresses): addresses.count
        case .prepare, .logs: 1
        case .redis, .tellBan, .logLevel, .retire, .activate, .quit, .terminate, .listConnections, .listStages,
            .closeConnection:
            0
        }
    }
}
