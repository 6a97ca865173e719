// A stream without a server, for tests of stages.

internal import Bytes

/// Fields, arguments and a body as a test writes them.
public final class StreamFixture {
    private let source: FixtureSource
    public let stream: PipelineStream

    /// - Parameters:
    ///   - fields: Those that are left out are empty.
    ///   - headers: Of the request's head, by name.
    ///   - arguments: Decoded, in order.
    public init(
        phase: PipelinePhase = .requestHeaders, fields: [StreamField: String] = [:],
        headers: [String: String] = [:],
        arguments: [(name: String, value: String)] = [], body: [UInt8] = []
    ) {
        source = FixtureSource(fields, headers, arguments, body)
        stream = PipelineStream(source)
        stream.phase = phase
        stream.stage = "test"
    }
}

private final class FixtureSource: StreamSource {
    private let fields: [StreamField: ByteText]
    private let headers: [(name: ByteText, value: ByteText)]
    private let arguments: [(name: ByteText, value: ByteText)]
    private let content: ByteText

    init(
        _ fields: [StreamField: String], _ headers: [String: String],
        _ arguments: [(name: String, value: String)],
        _ body: [UInt8]
    ) {
        self.fields = fields.mapValues { ByteText($0) }
        self.headers = headers.map { (ByteText($0.key), ByteText($0.value)) }
        self.arguments = arguments.map { (ByteText($0.name), ByteText($0.value)) }
        content = ByteText(bytes: body)
    }

    func view(of field: StreamField) -> ByteView { fields[field]?.view ?? .empty }
    func requestHeader(_ name: ByteView) -> ByteView? {
        headers.first { $0.name.view.equalsIgnoringASCIICase(name) }?.value.view
    }
    var body: ByteView { content.view }
    func visitArguments(_ stream: PipelineStream, _ visit: (ByteView, ByteView) -> Bool) {
        for argument in arguments { guard visit(argument.name.view, argument.value.view) else { return } }
    }
    func visitCookies(_ visit: (ByteView, ByteView) -> Bool) {}
    func judgeByRules() -> StageResult { .next }
    func askTarget() -> StageResult { .next }
    func record(_ log: StreamLog) {}
    var now: Int { 0 }
    var secondsSinceEpoch: Int { 0 }
}
