// Becoming the master: everything that can fail comes before the first worker.

internal import Bytes
internal import Glibc
internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import SharedDictionary

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
        let account = try account(policy.settings)
        let pidFile = try lockedPIDFile(policy.settings.pidPath)
        let status: Int32
        do throws(Failure) {
            status = try serve(options, source, policy, account)
        } catch {
            pidFile.remove()
            throw error
        }
        pidFile.remove()
        return status
    }

    /// Opens everything, starts the workers and returns when the last has ended.
    private static func serve(
        _ options: Options, _ source: PolicyCompiler, _ policy: LoadedPolicy, _ account: Account?
    ) throws(Failure) -> Int32 {
        let settings = policy.settings
        let signals = try system { () throws(SystemError) in try SignalSource() }
        if let count = settings.openFiles {
            try system { () throws(SystemError) in try ResourceLimits.setOpenFiles(count) }
        }
        let logs = try system { () throws(SystemError) in try LogFiles(settings.errorLog) }
        let bell = try system { () throws(SystemError) in try SharedBell() }
        let workerCount = settings.workerProcesses ?? min(Processors.online, SupervisorLimits.workers)
        let lines = try system { () throws(SystemError) in try LineCollector(slotCount: workerCount) }
        try system { () throws(SystemError) in try lines.files.open(policy.logPaths) }
        let control: ControlServer
        do throws(ControlServer.StartError) {
            control = try ControlServer(path: settings.controlSocketPath)
        } catch {
            throw Failure("\(error)")
        }
        let listeners = ListenerSet(slotCount: workerCount)
        let stats: StatsBoard
        let dictionaries: DictionaryBoard
        let published: PublishedGeneration
        do throws(Failure) {
            try open(policy.listeners, in: listeners)
            stats = try statsBoard(workerCount)
            dictionaries = try dictionaryBoard(settings, workerCount)
            published = try publish(source)
        } catch {
            listeners.removePaths()
            control.removeSocket()
            throw error
        }
        if let complaint = source.adopt(published.number) { logs.write(.warning, complaint) }
        for line in dictionaries.complaints { logs.write(.error, line) }
        for line in policy.warnings { logs.write(.warning, line) }
        // Nothing may be left in a variable here: its descriptors would stay open over all reloads.
        let number = published.number
        let parts = Master.Parts(
            source: source, configurationPath: options.configurationPath, policy: policy, generation: number,
            store: SharedDescriptor(published.takeStore()), signals: signals, control: control, logs: logs,
            stats: stats, dictionaries: dictionaries, lines: lines, bell: bell, listeners: listeners,
            account: account, workerCount: workerCount,
            executablePath: "/proc/self/exe",
            notifier: ServiceNotifier(path: Environment.value("NOTIFY_SOCKET")))
        return Master(parts, now: MonotonicClock.milliseconds()).run()
    }

    private static func publish(_ source: PolicyCompiler) throws(Failure) -> PublishedGeneration {
        do throws(LoadFailure) { return try source.publish() } catch { throw Failure(error) }
    }

    private static func statsBoard(_ workerCount: Int) throws(Failure) -> StatsBoard {
        do throws(StatsError) { return try StatsBoard(workerCount: workerCount) } catch {
            throw Failure("\(error)")
        }
    }

    private static func dictionaryBoard(_ settings: MasterSettings, _ workerCount: Int) throws(Failure)
        -> DictionaryBoard
    {
        let dictionaries = try withPasswords(settings.dictionaries)
        do throws(TableError) {
            return try DictionaryBoard(
                dictionaries, folder: settings.ruleStoreDirectory, workerCount: workerCount,
                now: MonotonicClock.milliseconds())
        } catch {
            throw Failure("\(error)")
        }
    }

    /// Passwords are read by the master, which may be the only one that can, and never enter the store.
    private static func withPasswords(
        _ dictionaries: [DictionarySettings]
    ) throws(Failure) -> [DictionarySettings] {
        var dictionaries = dictionaries
        for index in dictionaries.indices {
            guard let path = dictionaries[index].redis?.passwordPath else { continue }
            let bytes: [UInt8]
            do throws(SystemError) {
                bytes = try FileContents.read(path, limitBytes: RedisSettings.passwordBytes)
            } catch {
                throw Failure("the password of redis: \(error)")
            }
            let line = bytes.prefix { $0 != ASCII.lineFeed && $0 != ASCII.carriageReturn }
            guard let password = String(validating: line, as: UTF8.self), !password.isEmpty else {
                throw Failure("the password of redis: \(path) does not begin with a line of text")
            }
            dictionaries[index].redis?.password = password
        }
        return dictionaries
    }

    private static func open(_ addresses: [ListenAddress], in listeners: ListenerSet) throws(Failure) {
        do throws(ListenerSet.Failure) { try listeners.stage(addresses) } catch { throw Failure("\(error)") }
        listeners.commit()
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
                throw Failure(
                    "pid file \(path): wafd is running already\(owner.map { ", process \($0)" } ?? "")")
            case .system(let error):
                throw Failure("pid file \(path): \(error)")
            }
        }
        do throws(SystemError) { try lock.write("\(getpid())\n") } catch {
            throw Failure("pid file \(path): \(error)")
        }
        return lock
    }

    private static func system<R: ~Copyable>(_ body: () throws(SystemError) -> R) throws(Failure) -> R {
        do throws(SystemError) { return try body() } catch { throw Failure("\(error)") }
    }
}
