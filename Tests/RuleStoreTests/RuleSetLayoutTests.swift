// The layout of rule sets: what goes in comes out, and damage is refused.

import Bytes
import Testing

@testable import RuleStore

@Suite("Rule set layout") struct RuleSetLayoutTests {
    /// A set with at least one record in every section.
    static var sample: RuleSetDraft {
        var draft = RuleSetDraft()
        draft.settings.mode = .detectionOnly
        draft.settings.requestBodyLimitBytes = 5_000_000_000
        draft.settings.argumentSeparator = UInt8(ascii: ";")
        draft.settings.inspectsResponseBody = false
        draft.settings.responseBodyLimitAction = .reject
        draft.programs = [
            ProgramDraft(kind: .pattern, bytes: [1, 2, 3]), ProgramDraft(kind: .phrases, bytes: [9]),
        ]
        var first = RuleDraft()
        first.id = 942_100
        first.isChained = true
        first.targets = [
            TargetDraft(variable: .args),
            TargetDraft(variable: .requestHeaders, selector: .key(Array("User-Agent".utf8))),
            TargetDraft(variable: .args, selector: .pattern(program: 0)),
        ]
        first.targets[1].isCounted = true
        first.targets[2].isExcluded = true
        first.test = OperatorDraft(name: .rx)
        first.test.program = 0
        first.test.isNegated = true
        first.transformations = [.urlDecodeUni, .lowercase]
        first.captures = true
        first.disruption = .deny
        first.status = 418
        first.message = MacroText(parts: [.literal([65]), .variable(.tx, key: Array("Score".utf8))])
        first.logData = MacroText(literal: "data")
        first.tags = [MacroText(literal: "attack"), MacroText(literal: "data")]
        first.severity = 2
        first.version = "OWASP/4"
        first.revision = "3"
        first.skipAfter = "END"
        first.file = "rules.conf"
        first.line = 77
        var second = RuleDraft()
        second.targets = [TargetDraft(variable: .requestCookies, selector: .key(Array("sid".utf8)))]
        second.transformations = [.urlDecodeUni]
        second.actions = [
            .assign(
                AssignmentDraft(
                    collection: .tx, name: MacroText(literal: "Score"), kind: .add,
                    value: MacroText(parts: [.variable(.requestHeaders, key: Array("Host".utf8))]))),
            .assign(
                AssignmentDraft(
                    collection: .tx,
                    name: MacroText(parts: [.literal(Array("n_".utf8)), .variable(.tx, key: [49])]),
                    kind: .subtract, value: MacroText(literal: "1"))),
            .openCollection(
                CollectionOpening(collection: .ip, key: MacroText(literal: "k"), isOfApplication: false)),
            .age(
                CollectionAging(
                    kind: .expire, collection: .ip, name: MacroText(literal: "x"),
                    value: MacroText(literal: "60"))),
            .sanitise(.argument, name: MacroText(literal: "password")),
            .inject(.behind, MacroText(literal: "end")), .pause(MacroText(literal: "100")),
            .control(.auditLogParts(.add, [.all])),
            .control(.requestBodyProcessor(.xml)),
            .control(.requestBodyLimit(9)),
            .control(.removeRules(selection: 0)),
            .control(
                .removeTarget(
                    selection: 1, TargetDraft(variable: .args, selector: .key(Array("pw".utf8))))),
        ]
        second.namespaces = [Array("soap".utf8), Array("urn:soap".utf8)]
        second.location = MacroText(literal: "http://localhost/")
        second.accuracy = 8
        second.maturity = 9
        var third = RuleDraft()
        third.kind = .action
        third.id = 3
        third.phase = 1
        third.logs = false
        var marker = RuleDraft()
        marker.kind = .marker
        marker.markerName = "END"
        draft.rules = [first, second, third, marker]
        draft.selections = [[2..<3], [0..<2, 2..<3]]
        return draft
    }

    static func withView<R>(_ bytes: [UInt8], _ body: (ByteView) throws -> R) rethrows -> R {
        var buffer = ByteBuffer(reserving: bytes.count)
        buffer.append(contentsOf: bytes)
        return try body(buffer.view)
    }

    @Test func settingsComeBack() throws {
        try Self.withView(RuleSetEncoder.encode(Self.sample)) { blob in
            let view = try RuleSetView(validating: blob)
            #expect(view.mode == .detectionOnly)
            #expect(view.requestBodyLimitBytes == 5_000_000_000)
            #expect(view.requestBodyNoFilesLimitBytes == 131_072)
            #expect(view.argumentSeparator == UInt8(ascii: ";"))
            #expect(view.inspectsRequestBody && !view.inspectsResponseBody)
            #expect(view.requestBodyLimitAction == .reject && view.responseBodyLimitAction == .reject)
            #expect(view.inspectsResponseBody(ofType: ByteView("TEXT/html")))
            #expect(!view.inspectsResponseBody(ofType: ByteView("text/htm")))
        }
    }

    @Test func rulesComeBack() throws {
        try Self.withView(RuleSetEncoder.encode(Self.sample)) { blob in
            let view = try RuleSetView(validating: blob)
            let rule = view.rule(0)
            #expect(rule.id == 942_100 && rule.phase == 2 && rule.isChained && rule.captures)
            #expect(rule.isNegated && rule.hasExclusions && !rule.isAction && rule.logs)
            #expect(rule.operatorName == .rx && rule.program == 0)
            #expect(rule.disruption == .deny && rule.status == 418 && rule.severity == 2)
            #expect(rule.version(in: view).string == "OWASP/4" && rule.revision(in: view).string == "3")
            #expect(rule.file(in: view).string == "rules.conf" && rule.line == 77)
            let targets = rule.targets.map { view.target($0) }
            #expect(targets.map(\.variable) == [.args, .requestHeaders, .args])
            #expect(targets[1].isCounted && targets[1].hasKey && targets[1].key.string == "User-Agent")
            #expect(targets[1].keyHash == ByteView("user-AGENT").caseInsensitiveHash)
            #expect(targets[2].isExcluded && targets[2].hasPattern && targets[2].program == 0)
            #expect(!targets[0].hasKey && !targets[0].hasPattern)
            #expect(rule.tags.map { Self.text(view.tag($0), view) } == ["attack", "data"])
            #expect(Self.text(rule.message, view) == "A%{TX.Score}")
            #expect(rule.logData == view.tag(rule.tags.last!))
            #expect(view.rule(2).isAction && !view.rule(2).logs && view.rule(2).severity == nil)
        }
    }

    @Test func actionsComeBack() throws {
        try Self.withView(RuleSetEncoder.encode(Self.sample)) { blob in
            let view = try RuleSetView(validating: blob)
            let rule = view.rule(1)
            #expect(rule.accuracy == 8 && rule.maturity == 9)
            #expect(Self.text(rule.location, view) == "http://localhost/")
            let namespace = view.namespace(rule.namespaces.first!)
            #expect(namespace.prefix.string == "soap" && namespace.name.string == "urn:soap")
            var seen: [String] = []
            for action in rule.actions.map({ view.action($0) }) {
                switch action {
                case .assign(let assignment):
                    seen.append(
                        "\(assignment.kind) \(assignment.collection) \(Self.text(assignment.name, view))")
                case .openCollection(let collection, let key, let isOfApplication):
                    seen.append("open \(collection) \(Self.text(key, view)) \(isOfApplication)")
                case .age(let kind, let collection, let name, let value):
                    seen.append("\(kind) \(collection) \(Self.text(name, view)) \(Self.text(value, view))")
                case .sanitise(let subject, let name):
                    seen.append("sanitise \(subject) \(Self.text(name, view))")
                case .inject(let place, let text): seen.append("inject \(place) \(Self.text(text, view))")
                case .pause(let text): seen.append("pause \(Self.text(text, view))")
                case .control(.removeTarget(let selection, let target)):
                    let ranges = view.selection(selection).map { view.selectionRange($0) }
                    seen.append("target \(view.target(target).key.string) \(ranges)")
                case .control(.removeRules(let selection)):
                    seen.append("rules \(view.selection(selection).map { view.selectionRange($0) })")
                case .control(.auditLogParts(let change, let parts)):
                    seen.append("parts \(change) \(parts == .all)")
                case .control(let control): seen.append("\(control)")
                }
            }
            #expect(
                seen == [
                    "add tx Score", "subtract tx n_%{TX.1}", "open ip k false", "expire ip x 60",
                    "sanitise argument password", "inject behind end", "pause 100", "parts add true",
                    "requestBodyProcessor(RuleStore.BodyProcessorName.xml)",
                    "requestBodyLimit(9)", "rules [Range(2..<3)]", "target pw [Range(0..<2), Range(2..<3)]",
                ])
        }
    }

    @Test func transformationsShareTheirBeginning() throws {
        try Self.withView(RuleSetEncoder.encode(Self.sample)) { blob in
            let view = try RuleSetView(validating: blob)
            #expect(view.transformationCount == 2)
            let last = view.transformation(view.rule(0).transformation)
            #expect(last.name == .lowercase && last.parent == view.rule(1).transformation)
            #expect(view.transformation(last.parent).name == .urlDecodeUni)
            #expect(view.transformation(last.parent).parent == 0)
        }
    }

    @Test func programsLieAligned() throws {
        try Self.withView(RuleSetEncoder.encode(Self.sample)) { blob in
            let view = try RuleSetView(validating: blob)
            #expect(view.program(0).kind == .pattern && view.program(0).bytes.array == [1, 2, 3])
            #expect(view.program(1).kind == .phrases && view.program(1).bytes.array == [9])
            #expect(
                view.program(1).bytes.address - blob.address == 64 + view.program(0).bytes.address
                    - blob.address)
        }
    }

    @Test func messagesAreKnown() throws {
        try Self.withView(RuleSetEncoder.encode(Self.sample)) { blob in
            let view = try RuleSetView(validating: blob)
            #expect(view.plan(.clientMessage).count == 1)
            #expect(view.plan(.serverMessage).count == 0)
            #expect(view.isAccumulated(ByteView("sCORE")) && view.isAccumulated(ByteView("N_x")))
            #expect(!view.isAccumulated(ByteView("other")))
            #expect(view.isReadByMessages(.requestHeaders, key: ByteView("HOST")))
            #expect(view.isReadByMessages(.requestCookies, key: ByteView("sid")))
            // The starter's own target is not matched again.
            #expect(!view.isReadByMessages(.requestHeaders, key: ByteView("User-Agent")))
        }
    }

    @Test func equalDraftsGiveEqualBytes() {
        #expect(RuleSetEncoder.encode(Self.sample) == RuleSetEncoder.encode(Self.sample))
    }

    @Test func anEmptySetIsSound() throws {
        try Self.withView(RuleSetEncoder.encode(RuleSetDraft())) { blob in
            let view = try RuleSetView(validating: blob)
            #expect(view.ruleCount == 0 && view.mode == .on)
        }
    }

    /// A text with its macros written out.
    static func text(_ index: Int, _ view: RuleSetView) -> String {
        view.parts(ofText: index).map { part in
            switch view.textPart(part) {
            case .literal(let bytes): bytes.string
            case .variable(let variable, let key, _):
                "%{\(variable.spelling)\(key.map { "." + $0.string } ?? "")}"
            }
        }.joined()
    }
}
