// From what the recorder noted to the report.

internal import Bytes
internal import Inspection
internal import Reports
internal import RuleStore

enum ReplayNotes {
    static func take(from replayer: Replayer, into report: inout ReplayReport) {
        guard let set = report.place?.ruleSet else { return }
        let view = replayer.policy.ruleSets[set].view
        let recorder = replayer.recorder
        report.matches = matches(recorder, view)
        report.omittedMatches = recorder.omittedMatches
        report.tests = recorder.tests.map { test($0, view) }
        report.omittedTests = recorder.omittedTests
        takeScores(replayer.transaction, view, &report)
        report.log = replayer.transaction.log.view.string.split(separator: "\n").map(String.init)
        replayer.transaction.log.removeAll(keepingCapacity: true)
    }

    /// One for each match of a chain's last link, with the matches of the links before it. Links of a
    /// chain that did not match to its end are left out.
    private static func matches(_ recorder: MatchRecorder, _ view: RuleSetView) -> [ReplayMatch] {
        var matches: [ReplayMatch] = []
        var earlier: [RuleMatch] = []
        for match in recorder.matches {
            if let last = earlier.last, last.starter != match.starter || last.plan != match.plan {
                earlier = []
            }
            guard match.isLastLink else {
                earlier.append(match)
                continue
            }
            let starter = view.rule(match.starter)
            let summary = view.summary(ofRule: match.starter)
            matches.append(
                ReplayMatch(
                    id: starter.id, phase: match.plan.phase, plan: match.plan.title,
                    severity: summary.severity, message: ShownBytes.escaped(match.message),
                    data: ShownBytes.escaped(match.logData), tags: summary.tags, file: summary.file,
                    line: summary.line, isLogged: starter.logs, disruption: starter.disruption.spelling,
                    isEnforced: match.isEnforced,
                    links: (earlier + [match]).map { link($0, recorder) }))
        }
        return matches
    }

    private static func link(_ match: RuleMatch, _ recorder: MatchRecorder) -> ReplayMatch.Link {
        ReplayMatch.Link(
            number: match.link - match.starter,
            variable: match.variable.map { name(of: $0, key: match.key) },
            value: ShownBytes.escaped(match.value),
            changes: recorder.assignments[match.assignments].map(change))
    }

    private static func change(_ assignment: RecordedAssignment) -> ReplayMatch.Change {
        let name = assignment.collection.spelling.lowercased() + "." + ShownBytes.escaped(assignment.name)
        var added: Int?
        if assignment.kind == .add || assignment.kind == .subtract, let after = assignment.after {
            // A text that is no number counts as 0 (item 13 of the engine's semantics).
            let before = assignment.before.flatMap { Int($0.string) } ?? 0
            added = Int(after.string).map { $0 - before }
        }
        return ReplayMatch.Change(
            name: name, added: added, value: assignment.after.map { ShownBytes.escaped($0) })
    }

    private static func test(_ test: RuleTest, _ view: RuleSetView) -> ReplayTest {
        var starter = test.link
        while starter > 0, view.rule(starter - 1).isChained { starter -= 1 }
        return ReplayTest(
            id: view.rule(starter).id, link: test.link - starter, phase: test.plan.phase,
            variable: name(of: test.variable, key: test.key),
            value: ShownBytes.quoted(test.value, limitBytes: ReplayOptions.testValueBytes),
            hasMatched: test.hasMatched)
    }

    private static func name(of variable: VariableName, key: ByteView?) -> String {
        variable.spelling + (key.map { ":" + ShownBytes.escaped($0) } ?? "")
    }

    /// Members of TX that rules add to and that say so in their name, without those that are 0, and
    /// what they are compared with.
    private static func takeScores(
        _ transaction: Transaction, _ view: RuleSetView, _ report: inout ReplayReport
    ) {
        transaction.forEachTransactionVariable { name, value in
            let text = ShownBytes.escaped(name).lowercased()
            guard text.contains("score") else { return }
            let score = ReplayReport.Score(name: text, value: ShownBytes.escaped(value))
            if text.hasSuffix("_threshold") {
                report.thresholds.append(score)
            } else if view.isAccumulated(name), score.value != "0" {
                report.scores.append(score)
            }
        }
        report.scores.sort { $0.name < $1.name }
        report.thresholds.sort { $0.name < $1.name }
    }
}

extension LocationSettings.InspectionMode {
    /// As the directive has it.
    var spelling: String {
        switch self {
        case .off: "off"
        case .detect: "detect"
        case .on: "on"
        }
    }
}
