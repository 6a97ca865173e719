// Rules for people: a table of many, a page of one.

package enum RuleText {
    /// One line a rule; the last column is free text.
    package static func list(_ rules: [RuleSummary]) -> String {
        var table = TextTable(header: ["id", "phase", "severity", "links", "where", "message", "tags"])
        for rule in rules {
            table.add([
                "\(rule.id)", "\(rule.phase)", rule.severity ?? "-", "\(rule.links)",
                "\(rule.file):\(rule.line)", rule.message.isEmpty ? "-" : rule.message,
                rule.tags.joined(separator: ", "),
            ])
        }
        return table.text
    }

    package static func page(_ rule: RuleDescription) -> String {
        var lines = ["rule \(rule.id), phase \(rule.phase), \(rule.file):\(rule.line)"]
        func add(_ name: String, _ text: String) {
            if !text.isEmpty { lines.append("  " + pad(name, 16) + text) }
        }
        add("message", rule.message)
        add("log data", rule.logData)
        add("severity", rule.severity ?? "")
        add("version", rule.version)
        add("revision", rule.revision)
        add("accuracy", rule.accuracy == 0 ? "" : "\(rule.accuracy)")
        add("maturity", rule.maturity == 0 ? "" : "\(rule.maturity)")
        add("tags", rule.tags.joined(separator: ", "))
        add("disruption", disruption(rule))
        add("logs", (rule.logs ? "log" : "nolog") + ", " + (rule.auditLogs ? "auditlog" : "noauditlog"))
        for (index, place) in rule.plans.enumerated() {
            add(index == 0 ? "walked by" : "", text(place))
        }
        if rule.plans.isEmpty { add("walked by", "nothing") }
        if rule.links.first?.test != nil, let place = rule.plans.first {
            add("gate", place.gate?.text ?? "none: tried on every value when its turn comes")
        }
        for (index, link) in rule.links.enumerated() {
            lines.append(
                rule.links.count == 1
                    ? "" : "\n  link \(index + 1) of \(rule.links.count), \(link.file):\(link.line)")
            lines += self.lines(of: link)
        }
        return lines.joined(separator: "\n")
    }

    private static func disruption(_ rule: RuleDescription) -> String {
        rule.disruption + (rule.status.map { " with status \($0)" } ?? "")
            + (rule.location.map { " to \($0)" } ?? "")
    }

    private static func text(_ place: RuleDescription.PlanPlace) -> String {
        let skip =
            place.skipsTo.map { $0 == 0 ? ", a match ends it" : ", a match leads to rule \($0)" } ?? ""
        return "\(place.plan), as \(place.place) of \(place.count)\(skip)"
    }

    private static func lines(of link: LinkDescription) -> [String] {
        var lines: [String] = []
        func add(_ name: String, _ text: String) {
            if !text.isEmpty { lines.append("  " + pad(name, 16) + text) }
        }
        guard let test = link.test else {
            add("operator", "none: a SecAction always matches")
            addActions()
            return lines
        }
        add("targets", link.targets.joined(separator: ", "))
        add("exclusions", link.exclusions.joined(separator: ", "))
        add(
            "operator",
            "\(test.isNegated ? "!" : "")@\(test.name)\(test.argument.isEmpty ? "" : " \(test.argument)")")
        if let program = test.program {
            add("program", text(program))
            if program.kind == "pattern" {
                add(
                    "match begins",
                    program.starterBytes.map { "with one of \(Count.text($0, "byte"))" } ?? "with any byte")
            }
        }
        add(
            "transformations",
            link.transformations.isEmpty
                ? "none" : link.transformations.map { "\($0.name) (node \($0.node))" }.joined(separator: ", "))
        add("captures", link.captures ? "to TX.0 and its groups to TX.1 ..." : "")
        add("multiMatch", link.matchesEveryTransformation ? "tries each step's value" : "")
        addActions()
        return lines

        func addActions() {
            for (index, action) in link.actions.enumerated() { add(index == 0 ? "actions" : "", action) }
        }
    }

    private static func text(_ program: ProgramDescription) -> String {
        var parts = ["#\(program.number), \(program.kind), \(Count.text(program.bytes, "byte"))"]
        if let count = program.instructions { parts.append(Count.text(count, "instruction")) }
        if let count = program.byteClasses { parts.append("\(count) byte class\(count == 1 ? "" : "es")") }
        if let count = program.groups { parts.append(Count.text(count, "group")) }
        if let count = program.phrases { parts.append(Count.text(count, "phrase")) }
        if let count = program.ranges { parts.append(Count.text(count, "range")) }
        if let count = program.members { parts.append("\(count) of 256 bytes") }
        if program.users > 1 { parts.append("shared by \(program.users) rules") }
        return parts.joined(separator: ", ")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
