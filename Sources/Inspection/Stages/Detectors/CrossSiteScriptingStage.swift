// xss: cross-site scripting in arguments and cookies, by the parser of @detectXSS.

internal import Bytes
internal import Pipeline

final class CrossSiteScriptingStage: Stage {
    static let description = StageDescription(
        name: "xss", kind: .business,
        summary: "finds cross-site scripting in arguments, cookies and messages, without any rule file",
        example: "xss action=block status=403;",
        phases: [.requestHeaders, .requestBody, .message], parameters: InjectionSearch.parameters)

    private let search: InjectionSearch

    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] {
        _ = try InjectionSearch(arguments, what: "", finds: CrossSiteScripting.matches)
        return []
    }

    init(_ setting: StageSetting) throws(StageError) {
        search = try InjectionSearch(
            setting.arguments, what: "cross-site scripting", finds: CrossSiteScripting.matches)
    }

    func push(_ stream: PipelineStream) -> StageResult { search.push(stream) }
}
