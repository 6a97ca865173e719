// log [error|audit]: what the stages have found, in a log.

internal import Pipeline

final class LogStage: Stage {
    static let description = StageDescription(
        name: "log", kind: .framework,
        summary: "at the end, writes the stream's tags to the error log, or demands an audit entry",
        example: "log audit;",
        src: [], phases: [.logging],
        parameters: [StageParameter("", "\"error\" or \"audit\"")])

    private let log: StreamLog

    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] {
        _ = try kind(arguments)
        return []
    }

    private static func kind(_ arguments: StageArguments) throws(StageError) -> StreamLog {
        let word = arguments[""] ?? StreamLog.error.rawValue
        guard let log = StreamLog(rawValue: word) else {
            throw StageError("\(word): expected \"error\" or \"audit\"")
        }
        return log
    }

    init(_ setting: StageSetting) throws(StageError) { log = try Self.kind(setting.arguments) }

    func push(_ stream: PipelineStream) -> StageResult {
        stream.source.record(log)
        return .next
    }
}
