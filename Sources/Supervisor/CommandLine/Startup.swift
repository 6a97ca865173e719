// Becoming the master: everything that can fail comes before the first worker.

internal import Glibc
internal import Journal
internal import Metrics
internal import Posix

enum Startup {
    /// A line for the operator.
    private struct Failure: Error {
        var lines: [String]
        init(_ line: String) { lines = ["wafd: error: \(line)"] }
        init(_ failure: LoadFailure) { lines = failure.lines }
    }

    static func run(_ options: Options) -> Int32 {
        do throws(Failure) {
            return try master(options)
        } catch {
            for line in error.lines { StandardStreams.error(line) }
            return 1
        }
    }

    /// The order matters: the locks come before anything that a running master would notice.
    private static func master(_ options: Options) throws(Failure) -> Int32 {
        let source = PolicyCompiler(options)
        let policy = try loaded(source)
        let settings = policy.settings
        let account = try account(settings)
        let pidFile = try lockedPIDFile(settings.pidPath)
        let signals = try system { () throws(SystemError) in try SignalSource() }
        if let count = settings.openFiles {
            try system { () throws(SystemError) in try ResourceLimits.setOpenFiles(count) }
        }
        let logs = try system { () throws(SystemError) in try LogFiles(settings.errorLog) }
        let control: ControlServer
        do throws(ControlServer.StartError) {
            control = try ControlServer(path: settings.controlSocketPath)
        } catch {
            throw Failure("\(error)")
        }
        let workerCount = settings.workerProcesses ?? Processors.online
        let listeners = try openedListeners(policy, workerCount, control)
        let stats: StatsBoard
        do throws(StatsError) { stats = try StatsBoard(workerCount: workerCount) } catch { throw Failure("\(error)") }
        let number: UInt64
        let store: SharedDescriptor
        do throws(LoadFailure) {
            let published = try source.publish()
            number = published.number
            store = SharedDescriptor(published.takeStore())
        } catch {
            control.removeSocket()
            throw Failure(error)
        }
        if let complaint = source.adopt(number) { logs.write(.warning, complaint) }
        for line in policy.warnings { logs.write(.warning, line) }
        let parts = Master.Parts(
            source: source, configurationPath: options.configurationPath, policy: policy, generation: number,
            store: store, signals: signals, control: control, logs: logs, stats: stats, listeners: listeners,
            account: account, workerCount: workerCount, executablePath: "/proc/self/exe",
            notifier: ServiceNotifier(path: Environment.value("NOTIFY_SOCKET")))
        let status = Master(parts, now: MonotonicClock.milliseconds()).run()
        pidFile.remove()
        return status
    }

    private static func loaded(_ source: PolicyCompiler) throws(Failure) -> LoadedPolicy {
        do throws(LoadFailure) { return try source.load(.configuration) } catch { throw Failure(error) }
    }

    /// nil: workers keep the account that the master was started under.
    private static func account(_ settings: MasterSettings) throws(Failure) -> Account? {
        guard Account.isPrivileged else {
            if let user = settings.userName {
                StandardStreams.error("warning: user \(user) is not used, since wafd was not started as root")
            }
            return nil
        }
        let user = settings.userName ?? defaultUser
        guard let account = Account.named(user: user, group: settings.groupName) else {
            let group = settings.groupName.map { " or group \($0)" } ?? ""
            throw Failure("user \(user)\(group) does not exist")
        }
        return account
    }

    private static let defaultUser = "nobody"

    /// Written before the first worker accepts anything.
    private static func lockedPIDFile(_ path: String) throws(Failure) -> FileLock {
        let lock: FileLock
        do throws(FileLock.Failure) {
            lock = try FileLock(path: path)
        } catch {
            switch error {
            case .held(let owner):
                throw Failure("pid file \(path): wafd is running already\(owner.map { ", process \($0)" } ?? "")")
            case .system(let error):
                throw Failure("pid file \(path): \(error)")
            }
        }
        do throws(SystemError) { try lock.write("\(getpid())\n") } catch { throw Failure("pid file \(path): \(error)") }
        return lock
    }

    private static func openedListeners(_ policy: LoadedPolicy, _ workerCount: Int, _ control: ControlServer)
        throws(Failure) -> ListenerSet
    {
        var listeners = ListenerSet(slotCount: workerCount)
        do throws(ListenerSet.Failure) {
            try listeners.stage(policy.listeners)
        } catch {
            control.removeSocket()
            throw Failure("\(error)")
        }
        listeners.commit()
        return listeners
    }

    private static func system<R: ~Copyable>(_ body: () throws(SystemError) -> R) throws(Failure) -> R {
        do throws(SystemError) { return try body() } catch { throw Failure("\(error)") }
    }
}
