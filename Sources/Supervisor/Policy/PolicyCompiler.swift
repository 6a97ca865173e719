// The source of generations in production: configuration text and rule text in, LMDB files out.

internal import Configuration
internal import Gateway
internal import Journal
internal import Pipeline
internal import RuleStore
internal import Synchronization

/// Keeps the configuration in force, for reloads that read the rules only, and a candidate.
final class PolicyCompiler: PolicySource {
    private struct Candidate {
        var configuration: LoadedConfiguration
        var ruleSets: [CompiledRuleSet]
    }

    private struct State {
        /// Set by the first load; a later `rule_store` takes a restart.
        var directory: String?
        var inForce: LoadedConfiguration?
        var candidate: Candidate?
        /// Files of the last load of the configuration.
        var filesRead: [String] = []
    }

    private let reader: ConfigurationReader
    private let state = Mutex(State())

    private let prefix: String

    init(_ options: Options) {
        reader = ConfigurationReader(options)
        prefix = options.prefix
    }

    /// The files that the last load of the configuration read.
    var filesRead: [String] { state.withLock { $0.filesRead } }

    /// The main context's directives alone; rule files are not looked at.
    func settings() throws(LoadFailure) -> MasterSettings {
        MasterSettings(try reader.read(RecordingFileReader()).main)
    }

    func load(_ scope: LoadScope) throws(LoadFailure) -> LoadedPolicy {
        state.withLock { $0.candidate = nil }
        var configuration = try configuration(scope)
        let ruleSets = try RuleSetReader.read(configuration.ruleSets)
        func absolute(_ path: String?) -> String? { path.map { $0.hasPrefix("/") ? $0 : prefix + $0 } }
        configuration.policy.setAuditLogs(ofRuleSets: ruleSets.map { absolute($0.auditLog) })
        configuration.policy.setDebugLogs(ofRuleSets: ruleSets.map { absolute($0.debugLog) })
        try checkLogs(configuration.policy.logPaths)
        let folder = prefix
        let found = configuration.policy.preparePipelines(.all) { (path) throws(StageError) in
            try StageFiles.read(path, prefix: folder)
        }
        guard found.errors.isEmpty else { throw LoadFailure(found.errors) }
        let loaded = configuration
        state.withLock {
            $0.directory = $0.directory ?? loaded.main.ruleStoreDirectory
            $0.candidate = Candidate(configuration: loaded, ruleSets: ruleSets)
        }
        var policy = LoadedPolicy(loaded)
        policy.warnings += found.warnings
        policy.pipelines = loaded.policy.pipelines.map(\.withoutData)
        return policy
    }

    func publish() throws(LoadFailure) -> PublishedGeneration {
        guard let candidate = state.withLock({ $0.candidate }), let publisher else {
            preconditionFailure("publish follows load")
        }
        return try publisher.publish(
            candidate.configuration.policy, ruleSets: candidate.ruleSets.map(\.bytes))
    }

    func adopt(_ generation: UInt64) -> String? {
        state.withLock {
            guard let candidate = $0.candidate else { preconditionFailure("adopt follows publish") }
            $0.inForce = candidate.configuration
            $0.candidate = nil
        }
        return publisher?.removeAll(except: generation)
    }

    func discard(_ generation: UInt64?) -> String? {
        state.withLock { $0.candidate = nil }
        guard let generation else { return nil }
        return publisher?.remove(generation)
    }

    /// Log files are named by numbers, and each stays open.
    private func checkLogs(_ paths: [String]) throws(LoadFailure) {
        guard paths.count <= JournalLimits.files else {
            throw LoadFailure(["error: \(paths.count) log files, at most \(JournalLimits.files) are possible"]
            )
        }
        var known: [LogFileNumber: String] = [:]
        for path in paths {
            if let other = known.updateValue(path, forKey: LogFileNumber(path: path)) {
                throw LoadFailure([
                    "error: log files \(other) and \(path) have the same number, expected another name"
                ])
            }
        }
    }

    private var publisher: GenerationPublisher? {
        state.withLock { $0.directory }.map { GenerationPublisher(directory: $0) }
    }

    private func configuration(_ scope: LoadScope) throws(LoadFailure) -> LoadedConfiguration {
        if scope == .rules, let inForce = state.withLock({ $0.inForce }) { return inForce }
        let files = RecordingFileReader()
        defer { state.withLock { $0.filesRead = files.paths } }
        return try reader.read(files)
    }
}
