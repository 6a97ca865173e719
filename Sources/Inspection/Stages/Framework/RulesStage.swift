// rules [NAME]: SecLang, phases 1 to 5 and messages.

internal import Pipeline

/// Hands each phase to the rule engine.
final class RulesStage: Stage {
    static let description = StageDescription(
        name: "rules", kind: .framework,
        summary: "runs the SecLang rules that hold for the location, each in its phase",
        example: "rules crs;",
        phases: [.requestHeaders, .requestBody, .responseHeaders, .responseBody, .message],
        parameters: [StageParameter("", "a name, that of a rulesource or any")], isRepeatable: false)

    init(_ setting: StageSetting) throws(StageError) {}

    func push(_ stream: PipelineStream) -> StageResult { stream.source.judgeByRules() }
}
