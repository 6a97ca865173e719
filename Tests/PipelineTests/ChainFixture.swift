// Stages and streams that tests are made of.

import Bytes
import Pipeline
import RuleStore

/// What a test's stages see: fixed fields, and arguments of the form `name=value&...` of the target, undecoded.
final class FixedSource: StreamSource {
    var fields: [StreamField: ByteText] = [:]
    var arguments: [(name: String, value: String)] = []
    var headers: [String: String] = [:]
    var content = ByteText("")
    var asked = 0
    var recorded: [StreamLog] = []
    /// Of the stages that wait.
    var suspensions: [Suspension] = []
    private var kept: [ByteText] = []

    func view(of field: StreamField) -> ByteView { fields[field]?.view ?? .empty }
    func requestHeader(_ name: ByteView) -> ByteView? { headers[name.string].map { keep($0) } }
    var body: ByteView { content.view }
    func visitArguments(_ stream: PipelineStream, _ visit: (ByteView, ByteView) -> Bool) {
        for argument in arguments { guard visit(keep(argument.name), keep(argument.value)) else { return } }
    }
    func visitCookies(_ visit: (ByteView, ByteView) -> Bool) {}
    func judgeByRules() -> StageResult { .next }
    func askTarget() -> StageResult {
        asked += 1
        return .next
    }
    func record(_ log: StreamLog) { recorded.append(log) }
    var now: Int { 0 }
    var secondsSinceEpoch: Int { 0 }

    private func keep(_ text: String) -> ByteView {
        kept.append(ByteText(text))
        return kept[kept.count - 1].view
    }
}

/// `note NAME`: leaves a tag with its own name and what was tagged before.
final class NoteStage: Stage {
    static let description = StageDescription(
        name: "note", summary: "", example: "", phases: [.requestHeaders, .requestBody, .message],
        parameters: [
            StageParameter("", isRequired: true, "a name"),
            StageParameter("times", isRepeatable: true, "a number"),
        ])
    private let name: String
    init(_ setting: StageSetting) throws(StageError) { name = setting.arguments[""] ?? "" }
    func push(_ stream: PipelineStream) -> StageResult {
        stream.tag(name, "\(stream.tags.count)")
        return .next
    }
    private(set) var finished = 0
    func finish(_ stream: PipelineStream) { finished += 1 }
}

/// `say action=...`: gives that verdict.
final class SayStage: Stage {
    static let description = StageDescription(
        name: "say", summary: "", example: "", phases: [.requestHeaders],
        parameters: [StageParameter("action", "an action")])
    private let action: StageVerdict.Action
    init(_ setting: StageSetting) throws(StageError) {
        switch setting.arguments["action"] {
        case "pass": action = .pass
        case "log": action = .log
        case "drop": action = .drop
        case "close": action = .close
        case "redirect": action = .redirect(to: "/")
        default: action = .block(status: 403)
        }
    }
    func push(_ stream: PipelineStream) -> StageResult { .verdict(StageVerdict(action, reason: "said")) }
}

/// `wait`: suspends the chain; the test goes on.
final class WaitStage: Stage {
    static let description = StageDescription(
        name: "wait", summary: "", example: "", phases: [.requestHeaders],
        parameters: [StageParameter("for", "milliseconds"), StageParameter("early", "yes")])
    private let milliseconds: Int?
    private let isEarly: Bool
    init(_ setting: StageSetting) throws(StageError) {
        milliseconds = try setting.arguments.number("for", in: 1...1_000)
        isEarly = setting.arguments["early"] != nil
    }
    func push(_ stream: PipelineStream) -> StageResult {
        let suspension = Suspension(milliseconds: milliseconds)
        if isEarly { suspension.resume(.next) }
        (stream.source as? FixedSource)?.suspensions.append(suspension)
        return .suspend(suspension)
    }
}

/// `once`: may stand once. `start` is a source, `end` ends the chain, `texts` takes messages only.
final class OnceStage: Stage {
    static let description = StageDescription(
        name: "once", summary: "", example: "", phases: [.requestHeaders], isRepeatable: false)
    init(_ setting: StageSetting) throws(StageError) {}
    func push(_ stream: PipelineStream) -> StageResult { .next }
}

final class StartStage: Stage {
    static let description = StageDescription(
        name: "start", summary: "", example: "", sink: [], src: [.request], phases: [])
    init(_ setting: StageSetting) throws(StageError) {}
    func push(_ stream: PipelineStream) -> StageResult { .next }
}

final class EndStage: Stage {
    static let description = StageDescription(
        name: "end", summary: "", example: "", src: [], phases: [.logging])
    init(_ setting: StageSetting) throws(StageError) {}
    func push(_ stream: PipelineStream) -> StageResult { .next }
}

final class TextsStage: Stage {
    static let description = StageDescription(
        name: "texts", summary: "", example: "", sink: [.message], src: [.message], phases: [.message])
    init(_ setting: StageSetting) throws(StageError) {}
    func push(_ stream: PipelineStream) -> StageResult { .next }
}

enum ChainFixture {
    static var catalogue: StageCatalogue {
        var catalogue = StageCatalogue()
        let types: [any Stage.Type] = [
            NoteStage.self, SayStage.self, WaitStage.self, OnceStage.self, StartStage.self, EndStage.self,
            TextsStage.self,
        ]
        for type in types { catalogue.add(type) }
        return catalogue
    }

    /// `note a` is a stage with a bare argument, `say action=pass` one with a named one.
    static func stage(_ text: String, line: Int = 1) -> PipelineLink {
        let words = text.split(separator: " ").map(String.init)
        let arguments = words.dropFirst().map { word in
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            return parts.count == 2
                ? StagePolicy.Argument(name: parts[0], value: parts[1])
                : StagePolicy.Argument(name: "", value: word)
        }
        return .stage(StagePolicy(name: words[0], arguments: Array(arguments), place: "f:\(line):1"))
    }

    static func pipeline(_ links: [PipelineLink]) -> PipelinePolicy {
        PipelinePolicy(name: "p", links: links)
    }

    static func attached(_ links: [PipelineLink]) throws -> AttachedPipeline {
        try AttachedPipeline(pipeline(links), catalogue)
    }
}
