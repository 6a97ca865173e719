// Reports as JSON. Bytes of peers stand escaped as in logs: JSON has no other way to hold them all.

package import Reports

extension ReplayReport {
    package var json: JSONValue {
        .object(circumstances + findings)
    }

    private var circumstances: [(String, JSONValue)] {
        [
            ("name", .string(name)), ("request_line", .string(requestLine)), ("client", .string(client)),
            ("place", place?.json ?? .null), ("refusal", refusal?.json ?? .null),
            ("phases", .array(phases.map { .integer($0) })),
            ("response_status", .optional(responseStatus)), ("notes", .strings(notes)),
            ("pipeline", pipeline.map { .string($0) } ?? .null), ("stages", .array(stages.map(\.json))),
            ("messages", .array(messages.map(\.json))),
        ]
    }

    private var findings: [(String, JSONValue)] {
        [
            ("matches", .array(matches.map(\.json))), ("omitted_matches", .integer(omittedMatches)),
            ("tests", .array(tests.map(\.json))), ("omitted_tests", .integer(omittedTests)),
            ("scores", Self.json(scores)), ("thresholds", Self.json(thresholds)),
            ("decision", decision?.json ?? .null), ("outcome", .string(outcome.rawValue)),
            ("status", .optional(status)), ("log", .strings(log)),
        ]
    }

    private static func json(_ scores: [Score]) -> JSONValue {
        .object(scores.map { ($0.name, Int64($0.value).map { .integer($0) } ?? .string($0.value)) })
    }
}

extension ReplayReport.MessageNote {
    fileprivate var json: JSONValue {
        .object([
            ("index", .integer(index)), ("direction", .string(direction)), ("text", .string(text)),
            ("verdict", .string(verdict)), ("stopped", .boolean(isStopped)),
            ("stages", .array(stages.map(\.json))), ("log", .strings(log)),
        ])
    }
}

extension ReplayReport.StageNote {
    fileprivate var json: JSONValue {
        .object([
            ("stage", .string(stage)), ("phase", .string(phase)), ("nanoseconds", .integer(nanoseconds)),
            ("result", .string(result)), ("tags", .strings(tags)), ("edits", .strings(edits)),
        ])
    }
}

extension ReplayReport.Place {
    fileprivate var json: JSONValue {
        .object([
            ("title", .string(title)), ("rule_set", .optional(ruleSet)),
            ("inspection", .string(inspection)), ("engine", .optional(engine)),
        ])
    }
}

extension ReplayReport.Refusal {
    fileprivate var json: JSONValue {
        .object([("status", .integer(status)), ("reason", .string(reason))])
    }
}

extension ReplayReport.Decision {
    fileprivate var json: JSONValue {
        .object([
            ("action", .string(action)), ("status", .integer(status)), ("rule", .integer(Int(ruleID))),
            ("phase", .integer(phase)), ("location", .optional(location)),
            ("enforced", .boolean(isEnforced)), ("stage", .optional(stage)),
        ])
    }
}

extension ReplayMatch {
    fileprivate var json: JSONValue {
        .object([
            ("id", .integer(Int(id))), ("phase", .integer(phase)), ("plan", .string(plan)),
            ("severity", .optional(severity)), ("message", .string(message)),
            ("data", .string(data)), ("tags", .strings(tags)), ("file", .string(file)),
            ("line", .integer(line)), ("logged", .boolean(isLogged)),
            ("disruption", .string(disruption)), ("enforced", .boolean(isEnforced)),
            ("links", .array(links.map(\.json))),
        ])
    }
}

extension ReplayMatch.Link {
    fileprivate var json: JSONValue {
        .object([
            ("number", .integer(number)), ("variable", .optional(variable)),
            ("value", .string(value)), ("changes", .array(changes.map(\.json))),
        ])
    }
}

extension ReplayMatch.Change {
    fileprivate var json: JSONValue {
        .object([
            ("name", .string(name)), ("added", .optional(added)),
            ("value", .optional(value)),
        ])
    }
}

extension ReplayTest {
    fileprivate var json: JSONValue {
        .object([
            ("id", .integer(Int(id))), ("link", .integer(link)), ("phase", .integer(phase)),
            ("variable", .string(variable)), ("value", .string(value)), ("matched", .boolean(hasMatched)),
        ])
    }
}
