// Chains that are refused, and what the operator is told.

import Bytes
import Pipeline
import RuleStore
import Testing

@Suite("Pipelines: the check of a chain") struct ChainCheckerTests {
    private static func faults(_ stages: String...) -> [String] {
        let links = stages.enumerated().map { ChainFixture.stage($0.element, line: $0.offset + 1) }
        var checker = ChainChecker(ChainFixture.catalogue) { (path) throws(StageError) in
            throw StageError("no \(path)")
        }
        _ = checker.compile(ChainFixture.pipeline(links))
        return checker.errors.map(\.description) + checker.warnings
    }

    @Test("what fits has no faults")
    func fits() {
        #expect(Self.faults("start", "note a", "note b", "say", "end") == [])
        #expect(Self.faults("texts", "note a", "texts") == [])
        #expect(Self.faults("note a timeout=50ms times=1 times=2") == [])
    }

    @Test(
        "each fault names the stages and their lines",
        arguments: [
            (
                ["nope"],
                "f:1:1: error: unknown stage \"nope\", expected one of note, say, wait, once, start, end, texts"
            ),
            (["note"], "f:1:1: error: stage \"note\": missing a name"),
            (
                ["note a size=3"],
                "f:1:1: error: stage \"note\": unknown argument \"size=\", expected a name, times=, timeout="
            ),
            (["note a b"], "f:1:1: error: stage \"note\": \"\" is given twice"),
            (
                ["say now"],
                "f:1:1: error: stage \"say\": unknown argument \"now\", expected action=, timeout="
            ),
            (
                ["say timeout=soon"],
                "f:1:1: error: stage \"say\": timeout=soon: expected a time such as 500ms, 30s or 10m, below 25 days"
            ),
            (
                ["once", "note a", "once"],
                "f:3:1: error: stage \"once\": may stand once in a pipeline, and stands at f:1:1 already"
            ),
            (
                ["note a", "start"],
                "f:2:1: error: stage \"start\": is a source and has no sink, so it can not stand behind \"note\" at f:1:1"
            ),
            (
                ["end", "note a"],
                "f:2:1: error: stage \"note\": stands behind \"end\" at f:1:1, which ends the chain: it has no src"
            ),
            (
                ["start", "texts"],
                "f:2:1: error: stage \"texts\": takes ws.message, but \"start\" at f:1:1 gives http.request"
            ),
        ])
    func fault(_ stages: [String], _ expected: String) {
        let links = stages.enumerated().map { ChainFixture.stage($0.element, line: $0.offset + 1) }
        var checker = ChainChecker(ChainFixture.catalogue) { (path) throws(StageError) in
            throw StageError("no \(path)")
        }
        _ = checker.compile(ChainFixture.pipeline(links))
        #expect(checker.errors.map(\.description) == [expected])
    }

    @Test("branches are checked against what stands before them")
    func branches() {
        var checker = ChainChecker(ChainFixture.catalogue) { (path) throws(StageError) in
            throw StageError("no \(path)")
        }
        let links: [PipelineLink] = [
            ChainFixture.stage("start", line: 1),
            .parallel([[ChainFixture.stage("note a", line: 2)], [ChainFixture.stage("texts", line: 3)]]),
            ChainFixture.stage("say", line: 4),
        ]
        _ = checker.compile(ChainFixture.pipeline(links))
        #expect(checker.errors.map(\.place) == ["f:3:1"])
    }

    @Test("pipelines survive the store")
    func coding() throws {
        var policy = GatewayPolicy()
        var stage = StagePolicy(
            name: "a", arguments: [.init(name: "", value: "x"), .init(name: "n", value: "1=2")],
            place: "f:1:2")
        stage.data = [0, 255, 3]
        policy.pipelines = [
            PipelinePolicy(name: "edge", links: [.stage(stage), .parallel([[.stage(stage)], []])]),
            PipelinePolicy(name: "leer", links: []),
        ]
        var server = ServerPolicy()
        server.settings.pipeline = 1
        policy.servers = [server]
        let bytes = PolicyEncoder.encode(policy)
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        #expect(try PolicyDecoder.decode(buffer.view) == policy)
    }
}
