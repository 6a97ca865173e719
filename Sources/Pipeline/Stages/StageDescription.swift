// What a stage says of itself: for the check of a chain, for the manual and for reports.

public enum StageKind: String, Sendable { case framework, business, user }

/// One argument, written as `name=value`, or bare where it has the name `""`.
public struct StageParameter: Equatable, Sendable {
    public var name: String
    public var isRequired: Bool
    public var isRepeatable: Bool
    /// What is expected, in an error: "a number from 1 to 100".
    public var expected: String

    public init(_ name: String, isRequired: Bool = false, isRepeatable: Bool = false, _ expected: String) {
        self.name = name
        self.isRequired = isRequired
        self.isRepeatable = isRepeatable
        self.expected = expected
    }
}

public struct StageDescription: Sendable {
    public var name: String
    public var kind: StageKind
    /// One line.
    public var summary: String
    /// As in a configuration.
    public var example: String
    /// What it takes; empty: it is a source and stands first.
    public var sink: Set<SlotType>
    /// What it gives on; empty: it ends the chain.
    public var src: Set<SlotType>
    public var phases: Set<PipelinePhase>
    public var parameters: [StageParameter]
    /// Whether it may stand more than once in a chain.
    public var isRepeatable: Bool

    public init(
        name: String, kind: StageKind = .user, summary: String, example: String,
        sink: Set<SlotType> = Set(SlotType.allCases), src: Set<SlotType> = Set(SlotType.allCases),
        phases: Set<PipelinePhase>, parameters: [StageParameter] = [], isRepeatable: Bool = true
    ) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.example = example
        self.sink = sink
        self.src = src
        self.phases = phases
        self.parameters = parameters
        self.isRepeatable = isRepeatable
    }
}
