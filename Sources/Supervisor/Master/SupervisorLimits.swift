// Bounds and waiting times of the master. Times in milliseconds.

package enum SupervisorLimits {
    /// Restarts of a slot without any wait, before the back-off begins.
    package static let immediateRestarts = 3
    /// First wait of the back-off; each further failure doubles it.
    package static let firstRestartDelay: Int64 = 50
    /// Longest wait of the back-off.
    package static let longestRestartDelay: Int64 = 1_000
    /// A worker that lived so long was healthy: its end starts the count anew.
    package static let healthyLife: Int64 = 10_000

    /// Time for a worker to open, verify and activate its first generation.
    package static let startTimeout: Int64 = 30_000
    /// Time for all workers to prepare a new generation, and again to activate it.
    package static let reloadTimeout: Int64 = 30_000
    /// Time between `terminate` and SIGKILL.
    package static let terminateTimeout: Int64 = 5_000
    /// Time between the end of a worker's channel and the end of its process.
    package static let exitTimeout: Int64 = 1_000

    /// Time between two saves of the shared dictionaries: what a crash of the machine may take away.
    package static let dictionarySaveInterval: Int64 = 60_000
    /// Between two looks at the rings of log lines while lines come.
    package static let linePause: Int64 = 20

    /// Most workers of `worker_processes auto`, however many processors there are.
    package static let workers = 512

    /// Clients of the control socket at once.
    package static let controlClients = 32
    /// Bytes of one request line, without the line feed.
    package static let controlRequestBytes = 4_096
    /// Bytes of answers that a client has not read yet; past it the client is dropped.
    package static let controlAnswerBytes = 4 << 20
    /// A client that neither asks nor waits for an answer for so long is dropped.
    package static let controlIdleTimeout: Int64 = 30_000
    /// Reloads that wait for the one under way; they are answered together.
    package static let waitingReloads = 64
    /// Rules listed in one answer; the next one is asked for by its place.
    package static let rulesInAnswer = 1_000
    /// Connections of one answer.
    package static let connectionsInAnswer = 1_000
    /// Bans of one answer.
    package static let bansInAnswer = 1_000
    /// Time for the workers to tell of their connections.
    package static let connectionsTimeout: Int64 = 5_000
    /// Errors listed in one answer; the count tells of the rest.
    package static let errorsInAnswer = 200
    /// Bytes of a configuration or pid file.
    package static let configurationFileBytes = 16 << 20
}
