// From configuration text to a policy.

internal import Configuration
internal import Journal
internal import Posix
internal import RuleStore

/// Reads the configuration file that the options name.
struct ConfigurationReader {
    private let options: Options

    init(_ options: Options) { self.options = options }

    /// - Parameter files: Asked for every file.
    func read(_ files: some FileReader) throws(LoadFailure) -> LoadedConfiguration {
        let result = ConfigurationLoader.load(
            path: options.configuration, prefix: options.prefix, extraDirectives: options.directives,
            files: files,
            resolve: NameResolver.addresses(of:))
        switch result {
        case .success(let loaded): return loaded
        case .failure(let errors):
            throw LoadFailure(errors.errors.map(\.description) + errors.warnings.map(\.description))
        }
    }
}

extension MasterSettings {
    init(_ main: MainSettings) {
        self.init(
            workerProcesses: main.workerProcesses, userName: main.userName, groupName: main.groupName,
            pidPath: main.pidPath,
            errorLog: ErrorLogTarget(path: main.errorLogPath, level: LogLevel(main.errorLogLevel)),
            ruleStoreDirectory: main.ruleStoreDirectory, controlSocketPath: main.controlSocketPath,
            openFiles: main.workerOpenFiles, dictionaries: main.dictionaries)
    }
}

extension LoadedPolicy {
    init(_ configuration: LoadedConfiguration) {
        self.init(
            settings: MasterSettings(configuration.main),
            listeners: configuration.policy.listeners.map(\.address),
            logPaths: configuration.policy.logPaths,
            shutdownTimeoutMilliseconds: configuration.policy.shutdownTimeoutMilliseconds,
            warnings: configuration.warnings.map(\.description))
    }
}

extension LogLevel {
    init(_ level: ErrorLogLevel) {
        self =
            switch level {
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warn: .warning
            case .error: .error
            case .crit: .critical
            case .alert: .alert
            case .emerg: .emergency
            }
    }
}
