// The source of generations in production: configuration text and rule text in, LMDB files out.

internal import Configuration
internal import RuleStore

/// Keeps the configuration in force, for reloads that read the rules only, and a candidate.
final class PolicyCompiler: PolicySource {
    private struct Candidate {
        var configuration: LoadedConfiguration
        var ruleSets: [[UInt8]]
    }

    private let reader: ConfigurationReader
    /// Set by the first load; a later `rule_store` takes a restart.
    private var directory: String?
    private var inForce: LoadedConfiguration?
    private var candidate: Candidate?
    /// Files of the last load of the configuration.
    private(set) var filesRead: [String] = []

    init(_ options: Options) { reader = ConfigurationReader(options) }

    /// The main context's directives alone; rule files are not looked at.
    func settings() throws(LoadFailure) -> MasterSettings {
        MasterSettings(try reader.read(RecordingFileReader()).main)
    }

    func load(_ scope: LoadScope) throws(LoadFailure) -> LoadedPolicy {
        candidate = nil
        let configuration = try configuration(scope)
        let ruleSets = try RuleSetReader.read(configuration.ruleSets)
        directory = directory ?? configuration.main.ruleStoreDirectory
        candidate = Candidate(configuration: configuration, ruleSets: ruleSets)
        return LoadedPolicy(configuration)
    }

    func publish() throws(LoadFailure) -> PublishedGeneration {
        guard let candidate, let directory else { preconditionFailure("publish follows load") }
        return try GenerationPublisher(directory: directory)
            .publish(candidate.configuration.policy, ruleSets: candidate.ruleSets)
    }

    func adopt(_ generation: UInt64) -> String? {
        guard let candidate, let directory else { preconditionFailure("adopt follows publish") }
        inForce = candidate.configuration
        self.candidate = nil
        return GenerationPublisher(directory: directory).removeAll(except: generation)
    }

    func discard(_ generation: UInt64?) -> String? {
        candidate = nil
        guard let generation, let directory else { return nil }
        return GenerationPublisher(directory: directory).remove(generation)
    }

    private func configuration(_ scope: LoadScope) throws(LoadFailure) -> LoadedConfiguration {
        if scope == .rules, let inForce { return inForce }
        let files = RecordingFileReader()
        defer { filesRead = files.paths }
        return try reader.read(files)
    }
}
