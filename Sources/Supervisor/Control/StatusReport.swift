// The answer to `status`.

internal import Gateway
package import Reports

/// What the master knows of itself and its workers at one moment.
package struct StatusReport: Equatable, Sendable {
    package struct Worker: Equatable, Sendable {
        package var slot: Int
        package var processID: Int32?
        package var state: WorkerLifeCycle.State
        package var restarts: Int
        package var proportionalKilobytes: Int?

        package init(
            slot: Int, processID: Int32?, state: WorkerLifeCycle.State, restarts: Int,
            proportionalKilobytes: Int?
        ) {
            self.slot = slot
            self.processID = processID
            self.state = state
            self.restarts = restarts
            self.proportionalKilobytes = proportionalKilobytes
        }
    }

    package var processID: Int32
    package var uptimeMilliseconds: Int64
    package var state: String
    package var generation: UInt64
    package var configurationPath: String
    package var listeners: [String]
    package var workers: [Worker]

    package init(
        processID: Int32, uptimeMilliseconds: Int64, state: String, generation: UInt64,
        configurationPath: String,
        listeners: [String], workers: [Worker]
    ) {
        self.processID = processID
        self.uptimeMilliseconds = uptimeMilliseconds
        self.state = state
        self.generation = generation
        self.configurationPath = configurationPath
        self.listeners = listeners
        self.workers = workers
    }

    package var members: [(String, JSONValue)] {
        [
            ("pid", .integer(Int64(processID))),
            ("version", .string(Version.text)),
            ("state", .string(state)),
            ("uptime_seconds", .integer(uptimeMilliseconds / 1_000)),
            ("generation", .counter(generation)),
            ("configuration", .string(configurationPath)),
            ("listeners", .strings(listeners)),
            ("workers", .array(workers.map(\.value))),
        ]
    }
}

extension StatusReport.Worker {
    var value: JSONValue {
        .object([
            ("slot", .integer(slot)),
            ("pid", processID.map { .integer(Int64($0)) } ?? .null),
            ("state", .string(state.word)),
            ("generation", state.generation.map { .counter($0) } ?? .null),
            ("restarts", .integer(restarts)),
            ("pss_kb", proportionalKilobytes.map { .integer($0) } ?? .null),
        ])
    }
}

extension WorkerLifeCycle.State {
    /// As `waf-ctl status` prints it.
    package var word: String {
        switch self {
        case .vacant, .spawning: "restarting"
        case .preparing, .activating: "starting"
        case .serving: "serving"
        case .offered, .holding: "reloading"
        case .draining: "draining"
        case .ending: "ending"
        case .retired: "ended"
        }
    }

    /// The generation that the worker judges by; nil when it serves none yet.
    package var generation: UInt64? {
        switch self {
        case .serving(let generation), .offered(_, let generation), .holding(_, let generation): generation
        case .vacant, .spawning, .preparing, .activating, .draining, .ending, .retired: nil
        }
    }
}
