// pipeline NAME { ... }: chains of stages as they are stored.

/// One pipeline of the configuration.
package struct PipelinePolicy: Equatable, Sendable {
    package var name: String
    /// The chain, in the order of the configuration.
    package var links: [PipelineLink]

    package init(name: String, links: [PipelineLink]) {
        self.name = name
        self.links = links
    }

    /// All stages, those of branches too, in the order of the configuration.
    package var stages: [StagePolicy] { links.flatMap(\.stages) }

    /// For whoever only shows it.
    package var withoutData: PipelinePolicy { PipelinePolicy(name: name, links: links.map(\.withoutData)) }
}

/// A stage, or branches that each get a copy of the stream.
package indirect enum PipelineLink: Equatable, Sendable {
    case stage(StagePolicy)
    case parallel([[PipelineLink]])

    package var stages: [StagePolicy] {
        switch self {
        case .stage(let stage): [stage]
        case .parallel(let branches): branches.flatMap { $0.flatMap(\.stages) }
        }
    }

    fileprivate var withoutData: PipelineLink {
        switch self {
        case .stage(var stage):
            stage.data = []
            return .stage(stage)
        case .parallel(let branches): return .parallel(branches.map { $0.map(\.withoutData) })
        }
    }
}

/// One stage of a chain.
package struct StagePolicy: Equatable, Sendable {
    package struct Argument: Equatable, Sendable {
        /// Empty for a bare word.
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var name: String
    package var arguments: [Argument]
    /// `file:line:column`, for messages.
    package var place: String
    /// What the stage's `prepare` has made for the workers.
    package var data: [UInt8] = []

    package init(name: String, arguments: [Argument], place: String) {
        self.name = name
        self.arguments = arguments
        self.place = place
    }
}
