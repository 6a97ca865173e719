// One generation of configuration and rules, opened and ready to serve.

internal import Bytes
internal import Inspection
internal import Pipeline
internal import RuleStore

/// A verified snapshot with what the worker derives from it once. Exchanges that began on a
/// generation hold on to it and end on it; the last reference unmaps the store.
final class ActiveGeneration {
    let number: UInt64
    let policy: GatewayPolicy
    let routes: RouteTable
    let upstreams: UpstreamSet
    /// With their counters.
    let pipelines: [AttachedPipeline]
    /// Keeps the mapping that the rule sets of the routes read in place.
    private let snapshot: Snapshot

    /// - Throws: ``GenerationError`` when a blob's content makes no sense, although its hash fits.
    ///
    /// - Parameter sharing: What stages have in common with those of other workers.
    init(_ snapshot: Snapshot, sharing: (any StageSharing)? = nil) throws(GenerationError) {
        number = snapshot.generation
        do {
            policy = try PolicyDecoder.decode(snapshot.policy)
        } catch {
            throw .badPolicy("\(error)")
        }
        var sets: [RuleSet] = []
        for index in 0..<policy.ruleSetCount {
            guard index < snapshot.ruleSetCount else { throw .missingRuleSet(index) }
            do {
                sets.append(try RuleSet(validating: snapshot.ruleSet(index)))
            } catch {
                throw .badRuleSet(index, "\(error)")
            }
        }
        var schemas: [MessageSchema] = []
        for blob in policy.messageSchemas {
            do throws(SchemaError) {
                schemas.append(try MessageSchema(blob))
            } catch {
                throw .badSchema(schemas.count, "\(error)")
            }
        }
        var pipelines: [AttachedPipeline] = []
        for pipeline in policy.pipelines {
            do throws(ChainError) {
                pipelines.append(try AttachedPipeline(pipeline, .all, sharing))
            } catch {
                throw .badPipeline(error.description)
            }
        }
        self.pipelines = pipelines
        do {
            routes = try RouteTable(policy, ruleSets: sets, schemas: schemas, pipelines: pipelines)
        } catch {
            throw .badRoutes("\(error)")
        }
        upstreams = UpstreamSet(policy.upstreams)
        self.snapshot = snapshot
    }

    /// Time for the first request on a new connection, before its server is known.
    func headTimeoutMilliseconds(at listener: ListenAddress) -> Int {
        guard let server = routes.server(listener: listener, host: .empty) else { return 60_000 }
        return routes.outside(server: server).settings.clientHeaderTimeoutMilliseconds
    }
}

/// Why a generation whose bytes are intact is refused nevertheless.
enum GenerationError: Error, CustomStringConvertible {
    case badPolicy(String)
    case missingRuleSet(Int)
    case badRuleSet(Int, String)
    case badSchema(Int, String)
    case badRoutes(String)
    case badPipeline(String)

    var description: String {
        switch self {
        case .badPolicy(let reason): "policy: \(reason)"
        case .missingRuleSet(let index): "rule set \(index) is missing"
        case .badRuleSet(let index, let reason): "rule set \(index): \(reason)"
        case .badSchema(let index, let reason): "message schema \(index): \(reason)"
        case .badRoutes(let reason): "routes: \(reason)"
        case .badPipeline(let reason): "pipeline: \(reason)"
        }
    }
}
