// Reports for people.

internal import Reports

package struct ReplayText {
    /// Characters of a value.
    package var width: Int
    /// Whether rules with nolog are shown, too.
    package var showsAll: Bool

    package init(width: Int = 100, showsAll: Bool = false) {
        self.width = width
        self.showsAll = showsAll
    }

    package func text(_ report: ReplayReport) -> String {
        var lines = ["\(report.name): \(report.requestLine)"]
        lines.append("  " + place(report))
        for note in report.notes { lines.append("  note: \(note)") }
        if let refusal = report.refusal {
            lines.append("  the gateway itself answers \(refusal.status): \(refusal.reason)")
        }
        if let pipeline = report.pipeline {
            lines.append("  pipeline \(pipeline)")
            for stage in report.stages { lines += self.lines(of: stage) }
        }
        for message in report.messages {
            lines.append(
                "  message \(message.index) of the \(message.direction): \(message.text): \(message.verdict)")
            for stage in message.stages { lines += self.lines(of: stage) }
        }
        for test in report.tests {
            lines.append(
                "  \(test.hasMatched ? "+" : "-") \(test.id)\(test.link == 0 ? "" : " link \(test.link + 1)"), "
                    + "phase \(test.phase): \(test.variable) = \(test.value)")
        }
        if report.omittedTests > 0 { lines.append("  ... and \(report.omittedTests) more tried values") }
        let shown = report.matches.filter { showsAll || $0.isLogged }
        for match in shown { lines += self.lines(of: match) }
        if report.omittedMatches > 0 { lines.append("  ... and \(report.omittedMatches) more matches") }
        let silent = report.matches.count - shown.count
        if silent > 0 { lines.append("  and \(silent) of rules with nolog") }
        if !report.scores.isEmpty { lines.append("  scores: \(list(report.scores))") }
        if !report.thresholds.isEmpty { lines.append("  thresholds: \(list(report.thresholds))") }
        lines.append("  verdict: \(verdict(report))")
        return lines.joined(separator: "\n")
    }

    private func lines(of note: ReplayReport.StageNote) -> [String] {
        let microseconds = "\(note.nanoseconds / 1_000).\(note.nanoseconds % 1_000 / 100) us"
        var lines = ["    \(note.stage), \(note.phase), \(microseconds): \(note.result)"]
        for tag in note.tags { lines.append("        tag \(tag)") }
        for edit in note.edits { lines.append("        edits \(edit)") }
        return lines
    }

    private func place(_ report: ReplayReport) -> String {
        guard let place = report.place else { return "from \(report.client), not routed" }
        var parts = ["from \(report.client)", place.title, "waf \(place.inspection)"]
        if let set = place.ruleSet { parts.append("rule set \(set)") }
        if let engine = place.engine, engine != "On" { parts.append("SecRuleEngine \(engine)") }
        if !report.phases.isEmpty {
            let phases = report.phases.map(String.init).joined(separator: ", ")
            parts.append("phase\(report.phases.count == 1 ? "" : "s") \(phases)")
        }
        return parts.joined(separator: ", ")
    }

    private func lines(of match: ReplayMatch) -> [String] {
        var head = ["  \(match.id)", match.plan]
        if let severity = match.severity { head.append(severity) }
        if match.disruption != "pass" {
            head.append(match.disruption + (match.isEnforced ? "" : " (not enforced)"))
        }
        var lines = [head.joined(separator: "  ") + (match.message.isEmpty ? "" : "  \(match.message)")]
        for link in match.links {
            let name = match.links.count > 1 ? "link \(link.number + 1): " : ""
            if let variable = link.variable {
                lines.append("      \(name)\(variable) = \(cut(link.value))")
            } else {
                lines.append("      \(name)SecAction")
            }
            let changes = link.changes.map(text)
            if !changes.isEmpty { lines.append("      " + changes.joined(separator: ", ")) }
        }
        return lines
    }

    private func text(_ change: ReplayMatch.Change) -> String {
        guard let value = change.value else { return "\(change.name) removed" }
        guard let added = change.added else { return "\(change.name) = \(cut(value))" }
        return "\(added < 0 ? "" : "+")\(added) \(change.name) = \(value)"
    }

    private func cut(_ value: String) -> String {
        value.count <= width ? "\"\(value)\"" : "\"\(value.prefix(width))\" (\(value.count) characters)"
    }

    private func list(_ scores: [ReplayReport.Score]) -> String {
        scores.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }

    private func verdict(_ report: ReplayReport) -> String {
        guard let decision = report.decision else {
            guard let refusal = report.refusal, report.outcome == .block else { return "pass" }
            return "block, status \(refusal.status), by the gateway itself"
        }
        let action = decision.action == "deny" ? "" : ", \(decision.action)"
        let by = decision.ruleID == 0 ? "a limit of the engine" : "rule \(decision.ruleID)"
        let target = decision.location.map { " to \($0)" } ?? ""
        let what = "\(action), status \(decision.status)\(target), by \(by) in phase \(decision.phase)"
        return decision.isEnforced ? "block\(what)" : "pass; would block\(what)"
    }
}
