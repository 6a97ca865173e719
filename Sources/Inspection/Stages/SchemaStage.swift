// schema FILE: bodies and messages of JSON against a JSON Schema (2020-12).

internal import Automata
internal import BodyFormats
internal import Bytes
internal import Pipeline
internal import RuleStore

/// The file is compiled with the configuration, which is where the compiler lives.
final class SchemaStage: Stage {
    static let description = StageDescription(
        name: "schema", kind: .business,
        summary: "refuses bodies and messages that are no JSON of the schema",
        example: "schema /etc/wafd/order.schema.json;",
        phases: [.requestBody, .message],
        parameters: [StageParameter("", isRequired: true, "a file with a JSON Schema")]
            + StageReaction.parameters)

    private let schema: MessageSchema
    private let reaction: StageReaction
    private let matcher = PatternMatcher(budgetBytes: 64 << 10)
    private var decoder = MessageDecoder()

    init(_ setting: StageSetting) throws(StageError) {
        reaction = try StageReaction(setting.arguments)
        do throws(SchemaError) {
            schema = try MessageSchema(setting.data)
        } catch {
            throw StageError("damaged schema: \(error)")
        }
    }

    func push(_ stream: PipelineStream) -> StageResult {
        // What a server says has a schema of its own.
        if stream.phase == .message, stream.view(of: .direction) != ByteView("client") { return .next }
        let body = stream.body
        if stream.phase == .requestBody, body.isEmpty { return .next }
        do throws(MessageFormatError) {
            try decoder.split(body, as: .json, from: .client)
        } catch {
            return reaction.verdict("no JSON: \(error)")
        }
        var found: SchemaFault?
        let fault = decoder.check(as: .json, from: .client, limits: JSONLimits()) { tape in
            if found == nil { found = SchemaJudge.fault(in: tape, against: schema, matcher: matcher) }
        }
        if let fault { return reaction.verdict("no JSON: \(fault)") }
        guard let found else { return .next }
        return reaction.verdict("not as its schema says: \(found.keyword) at \(found.place)")
    }
}
