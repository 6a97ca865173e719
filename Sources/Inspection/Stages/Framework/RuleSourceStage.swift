// rulesource NAME FILE ...: rule files of a pipeline's own, compiled into the store with those of its location.

internal import Pipeline

/// Has nothing to do in a worker: the files were read when the configuration was loaded.
final class RuleSourceStage: Stage {
    static let description = StageDescription(
        name: "rulesource", kind: .framework,
        summary: "files of SecLang rules that \"rules\" runs, behind those of waf_rules_file",
        example: "rulesource crs /etc/wafd/rules/*.conf;",
        sink: [], phases: [],
        parameters: [StageParameter("", isRequired: true, isRepeatable: true, "a name and the files")])

    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] {
        guard arguments.all("").count >= 2 else { throw StageError("expected a name and at least one file") }
        return []
    }

    init(_ setting: StageSetting) throws(StageError) {}

    func push(_ stream: PipelineStream) -> StageResult { .next }
}
