// remote [URI]: a risk cluster is asked for its verdict.

internal import Pipeline

/// Asks the target location `URI`, else that of `waf_target`; the directives `waf_target_*` hold for it.
final class RemoteStage: Stage {
    static let description = StageDescription(
        name: "remote", kind: .framework,
        summary: "asks a location of the same server for its verdict on requests and messages",
        example: "remote /waf_target_common;",
        phases: [.requestBody, .message],
        parameters: [StageParameter("", "the URI of a location")], isRepeatable: false)

    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] {
        if let uri = arguments[""], !uri.hasPrefix("/") {
            throw StageError("\(uri): expected a URI that begins with \"/\"")
        }
        return []
    }

    init(_ setting: StageSetting) throws(StageError) {}

    func push(_ stream: PipelineStream) -> StageResult { stream.source.askTarget() }
}
