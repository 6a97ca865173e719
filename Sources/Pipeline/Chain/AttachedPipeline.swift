// A pipeline in a worker: its stages made, and what each phase has to do.

package import RuleStore

/// A stage of a chain with its counters.
package final class AttachedStage {
    package let stage: any Stage
    package let policy: StagePolicy
    package let phases: Set<PipelinePhase>
    package let timeoutMilliseconds: Int
    package var counters = StageCounters()

    /// How long a stage may wait that says nothing of it.
    package static let defaultTimeoutMilliseconds = 1_000

    init(_ policy: StagePolicy, _ catalogue: StageCatalogue, _ shared: (any StageSharing)?) throws(ChainError)
    {
        guard let type = catalogue.type(named: policy.name) else {
            throw ChainError(place: policy.place, text: "unknown stage \"\(policy.name)\"")
        }
        self.policy = policy
        phases = type.description.phases
        let arguments = StageArguments(policy)
        do throws(StageError) {
            stage = try type.init(StageSetting(arguments, data: policy.data, shared: shared))
            timeoutMilliseconds =
                try arguments.milliseconds(StageArguments.timeout) ?? Self.defaultTimeoutMilliseconds
        } catch {
            throw ChainError(place: policy.place, text: "stage \"\(policy.name)\": \(error.text)")
        }
    }
}

/// What a phase has to do, in order.
package indirect enum ChainLink {
    case stage(AttachedStage)
    case parallel([[ChainLink]])
}

package final class AttachedPipeline {
    package let name: String
    /// All stages, in the order of the configuration.
    package let stages: [AttachedStage]
    /// The chain of each phase, without the stages that have nothing to do in it.
    package let chains: [[ChainLink]]

    package init(_ policy: PipelinePolicy, _ catalogue: StageCatalogue, _ shared: (any StageSharing)? = nil)
        throws(ChainError)
    {
        name = policy.name
        var stages: [AttachedStage] = []
        let links = try Self.attach(policy.links, catalogue, shared, &stages)
        self.stages = stages
        chains = PipelinePhase.allCases.map { Self.links(links, of: $0) }
    }

    package func has(_ phase: PipelinePhase) -> Bool { !chains[phase.rawValue].isEmpty }

    private static func attach(
        _ links: [PipelineLink], _ catalogue: StageCatalogue, _ shared: (any StageSharing)?,
        _ stages: inout [AttachedStage]
    ) throws(ChainError) -> [ChainLink] {
        var attached: [ChainLink] = []
        for link in links {
            switch link {
            case .stage(let policy):
                let stage = try AttachedStage(policy, catalogue, shared)
                stages.append(stage)
                attached.append(.stage(stage))
            case .parallel(let branches):
                var own: [[ChainLink]] = []
                for branch in branches { own.append(try attach(branch, catalogue, shared, &stages)) }
                attached.append(.parallel(own))
            }
        }
        return attached
    }

    private static func links(_ links: [ChainLink], of phase: PipelinePhase) -> [ChainLink] {
        links.compactMap { link in
            switch link {
            case .stage(let stage): return stage.phases.contains(phase) ? link : nil
            case .parallel(let branches):
                let own = branches.map { Self.links($0, of: phase) }.filter { !$0.isEmpty }
                return own.isEmpty ? nil : .parallel(own)
            }
        }
    }
}
