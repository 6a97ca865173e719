// source [TYPE ...]: where the chain begins.

internal import Pipeline

/// Says what the chain is for; without it a chain takes all that its first stage takes.
final class SourceStage: Stage {
    static let description = StageDescription(
        name: "source", kind: .framework,
        summary: "begins the chain; may be left out", example: "source;",
        sink: [], phases: [], isRepeatable: false)

    init(_ setting: StageSetting) throws(StageError) {}

    func push(_ stream: PipelineStream) -> StageResult { .next }
}
