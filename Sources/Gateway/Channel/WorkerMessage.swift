// What a worker tells its master. No descriptors travel this way.

package import Pipeline

package enum WorkerMessage: Equatable, Sendable {
    /// `start` has been obeyed: rights are dropped, the slab is mapped.
    case ready
    /// The generation is open and verified and can be activated.
    case prepared(generation: UInt64)
    /// The generation can not be used; the one in use stays.
    case refused(generation: UInt64, reason: String)
    /// Every event from now on is judged by this generation.
    case activated(generation: UInt64)
    /// The last connection has ended after `quit`; the worker exits.
    case drained
    /// Answers `listConnections`.
    case connections(query: UInt32, ConnectionPage)
    /// Answers `listStages`: counters of all stages, pipeline by pipeline, in the order of the configuration.
    case stages(query: UInt32, [StageCounters])
    /// Answers `closeConnection`.
    case closedConnection(query: UInt32, wasFound: Bool)
}
