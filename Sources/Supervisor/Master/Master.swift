// The master process: one thread that waits for signals, workers and clients of the control
// socket, and never touches traffic.

internal import Posix
internal import RuleStore

/// Composes the parts; each part owns its state. The verbs lie in the extensions: `+Loop`,
/// `+Workers`, `+Reload`, `+Control`, `+Shutdown`.
final class Master {
    /// What is going on, besides reloads.
    enum Phase: Equatable {
        /// The first workers have not all activated the first generation.
        case starting
        case serving
        /// Workers let their connections end; at the deadline they are told to stop.
        case draining(deadline: Int64?)
        case stopping
    }

    let source: any PolicySource
    let configurationPath: String
    let startedAt: Int64
    let signals: SignalSource
    let control: ControlServer
    let logs: LogFiles
    let stats: StatsBoard
    let dictionaries: DictionaryBoard
    let lines: LineCollector
    let notifier: ServiceNotifier
    let pool: WorkerPool
    let listeners: ListenerSet
    var reload = ReloadSequence()
    var phase = Phase.starting
    /// The policy in force.
    var policy: LoadedPolicy
    /// The generation in force.
    var generation: UInt64
    /// Loaded, published and offered to the workers.
    var candidate: LoadedPolicy?
    /// The load under way on a thread of its own, and what it rings when it is over.
    var loading: LoadTask?
    let bell: SharedBell
    /// Who waits for the reload under way, and for the next one.
    var reloadClients: [Int] = []
    var waitingReloads: [WaitingReload] = []
    /// Who waits for the test under way, and for the next one. At most the clients there are.
    var testClients: [Int] = []
    var waitingTests: [Int] = []
    /// Questions about connections that workers have not answered yet. At most the clients there are.
    var connectionQueries: [ConnectionQuery] = []
    var nextQuery: UInt32 = 1
    /// Becomes 1 when the first generation could not be brought into force.
    var exitStatus: Int32 = 0

    struct WaitingReload {
        var scope: LoadScope
        /// nil: asked for by a signal.
        var client: Int?
    }

    /// What has to exist before the first worker.
    struct Parts: ~Copyable {
        var source: any PolicySource
        var configurationPath: String
        var policy: LoadedPolicy
        var generation: UInt64
        var store: SharedDescriptor
        var signals: SignalSource
        var control: ControlServer
        var logs: LogFiles
        var stats: StatsBoard
        var dictionaries: DictionaryBoard
        var lines: LineCollector
        var bell: SharedBell
        let listeners: ListenerSet
        var account: Account?
        var workerCount: Int
        var executablePath: String
        var notifier: ServiceNotifier
    }

    init(_ parts: consuming Parts, now: Int64) {
        source = parts.source
        configurationPath = parts.configurationPath
        policy = parts.policy
        generation = parts.generation
        control = parts.control
        logs = parts.logs
        stats = parts.stats
        dictionaries = parts.dictionaries
        lines = parts.lines
        bell = parts.bell
        notifier = parts.notifier
        listeners = parts.listeners
        startedAt = now
        let outfit = WorkerOutfit(
            executablePath: parts.executablePath, account: parts.account,
            statsNumber: parts.stats.descriptorNumber, dictionaries: parts.dictionaries,
            lines: parts.lines,
            errorLog: parts.logs.errorLog,
            logLevel: parts.policy.settings.errorLog.level)
        outfit.stores[parts.generation] = parts.store
        pool = WorkerPool(count: parts.workerCount, outfit: outfit, target: parts.generation, now: now)
        signals = parts.signals
    }
}
