// sqli: SQL injection in arguments and cookies, by the tokenizer of @detectSQLi.

internal import Bytes
internal import Pipeline

final class SQLInjectionStage: Stage {
    static let description = StageDescription(
        name: "sqli", kind: .business,
        summary: "finds SQL injection in arguments, cookies and messages, without any rule file",
        example: "sqli action=block status=403;",
        phases: [.requestHeaders, .requestBody, .message], parameters: InjectionSearch.parameters)

    private let search: InjectionSearch

    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] {
        _ = try InjectionSearch(arguments, what: "", finds: SQLInjection.matches)
        return []
    }

    init(_ setting: StageSetting) throws(StageError) {
        search = try InjectionSearch(setting.arguments, what: "SQL injection", finds: SQLInjection.matches)
    }

    func push(_ stream: PipelineStream) -> StageResult { search.push(stream) }
}
