// Configuration and rules, compiled in memory as the master would, and ready to run.

internal import Bytes
package import Configuration
package import Gateway
package import Inspection
package import Pipeline
internal import RuleStore
package import SecLang

/// What captured exchanges are judged by. Immutable; rule sets are read in place.
package final class OfflinePolicy {
    package let lookup: RouteLookup
    package let ruleSets: [RuleSet]
    /// With counters and bans of their own, which begin empty.
    package let pipelines: [AttachedPipeline]
    package var pipelineNames: [String] { pipelines.map(\.name) }
    /// Bytes of each compiled rule set.
    package let ruleSetBytes: [Int]
    /// `file:line:column: warning: reason`
    package let warnings: [String]
    /// What the rule sets are views of.
    private let storage: [ByteText]

    private init(
        _ policy: GatewayPolicy, isBare: Bool = false, blobs: [[UInt8]], warnings: [String]
    ) throws(OfflinePolicyError) {
        storage = blobs.map { blob in
            var buffer = ByteBuffer()
            buffer.append(contentsOf: blob)
            return ByteText(buffer.view)
        }
        ruleSetBytes = blobs.map(\.count)
        self.warnings = warnings
        do {
            pipelines = try policy.pipelines.map { try AttachedPipeline($0, .all, OfflineSharing.means) }
            ruleSets = try storage.map { try RuleSet(validating: $0.view) }
            lookup = try RouteLookup(policy, isBare: isBare)
        } catch {
            throw OfflinePolicyError(["error: \(error)"])
        }
    }

    /// Rule files alone: every request meets them, with SecRuleEngine as they say.
    package convenience init(
        ruleFiles: [String], reader: some RuleFileReader
    ) throws(OfflinePolicyError) {
        let draft = try Self.compile(ruleFiles, reader)
        var server = ServerPolicy()
        server.settings.inspection = .on
        server.settings.ruleSet = 0
        // A body is bounded by the rules' own limits only.
        server.settings.maxBodyBytes = 0
        var policy = GatewayPolicy()
        policy.servers = [server]
        policy.listeners = [
            ListenerPolicy(
                address: ListenAddress(host: "0.0.0.0", port: 80), defaultServer: 0, servers: [0])
        ]
        policy.ruleSetCount = 1
        try self.init(policy, isBare: true, blobs: [RuleSetEncoder.encode(draft)], warnings: [])
    }

    /// A whole configuration. Names of upstreams are not resolved: nothing is sent to them.
    package convenience init(
        configuration path: String, prefix: String, files: some FileReader, rules: some RuleFileReader
    ) throws(OfflinePolicyError) {
        let loaded = ConfigurationLoader.load(
            path: path, prefix: prefix, extraDirectives: "", files: files,
            resolve: { _ in ["127.0.0.1"] })
        switch loaded {
        case .failure(let errors):
            throw OfflinePolicyError(errors.errors.map(\.description) + errors.warnings.map(\.description))
        case .success(let configuration):
            var blobs: [[UInt8]] = []
            var lines: [String] = []
            for set in configuration.ruleSets {
                do throws(OfflinePolicyError) {
                    blobs.append(RuleSetEncoder.encode(try Self.compile(set.map(\.path), rules)))
                } catch {
                    // A file that belongs to several sets has its errors once.
                    for line in error.lines where !lines.contains(line) { lines.append(line) }
                }
            }
            guard lines.isEmpty else { throw OfflinePolicyError(lines) }
            var policy = configuration.policy
            let found = policy.preparePipelines(.all) { (path) throws(StageError) in
                let whole = path.hasPrefix("/") ? path : prefix + path
                guard let bytes = files.read(whole) else { throw StageError("\(whole): can not be read") }
                return bytes
            }
            guard found.errors.isEmpty else { throw OfflinePolicyError(found.errors) }
            try self.init(
                policy, blobs: blobs, warnings: configuration.warnings.map(\.description) + found.warnings)
        }
    }

    private static func compile(
        _ files: [String], _ reader: some RuleFileReader
    ) throws(OfflinePolicyError) -> RuleSetDraft {
        switch RuleCompiler.compile(files: files, reader: reader) {
        case .success(let draft): return draft
        case .failure(let errors): throw OfflinePolicyError(errors.errors.map(\.page))
        }
    }
}

/// Why there is no policy: one entry a fault, never empty.
package struct OfflinePolicyError: Error, Equatable, Sendable {
    package var lines: [String]
    package init(_ lines: [String]) { self.lines = lines }
}

extension RuleError {
    /// `file:line:column: error: reason`, and under it the line with a caret.
    package var page: String { excerpt.isEmpty ? description : "\(description)\n\(excerpt)" }
}
