// Answers to `rules` and `rule`: what is compiled into the generation in force.

internal import Bytes
internal import Gateway
internal import Reports
internal import RuleStore

/// One generation, opened for a question. Nothing of it outlives the answer.
struct RuleAnswers {
    private let snapshot: Snapshot
    private let lookup: RouteLookup

    /// - Throws: Lines for the operator; a generation that workers run opens.
    init(_ snapshot: Snapshot) throws(LoadFailure) {
        self.snapshot = snapshot
        do {
            lookup = try RouteLookup(try PolicyDecoder.decode(snapshot.policy))
        } catch {
            throw LoadFailure(["error: generation \(snapshot.generation): \(error)"])
        }
    }

    func rules(_ choice: RuleSetChoice, from: Int) -> JSONValue {
        answer(choice) { view, bytes in
            let starters = view.starters
            let shown = starters.dropFirst(from).prefix(SupervisorLimits.rulesInAnswer)
            let next = from + shown.count
            return [
                ("totals", RuleSetTotals(view, bytes: bytes).json),
                ("rules", .array(shown.map { view.summary(ofRule: $0).json })),
                ("next", next < starters.count ? .integer(next) : .null),
            ]
        }
    }

    func rule(_ choice: RuleSetChoice, id: UInt32) -> JSONValue {
        answer(choice) { view, _ in
            guard let rule = view.description(ofID: id) else {
                return [("rule", .null), ("near", .array(view.idsNear(id).map { .integer(Int($0)) }))]
            }
            return [("rule", rule.json), ("near", .array([]))]
        }
    }

    private func answer(
        _ choice: RuleSetChoice, _ body: (RuleSetView, _ bytes: Int) -> [(String, JSONValue)]
    ) -> JSONValue {
        let set: Int
        do throws(RuleSetChoiceError) {
            set = try lookup.ruleSet(choice)
        } catch {
            return ControlAnswer.failed(error.lines)
        }
        guard set < snapshot.ruleSetCount else {
            return ControlAnswer.failed(["error: rule set \(set) is missing in the store"])
        }
        do throws(RuleSetError) {
            let bytes = snapshot.ruleSet(set)
            let members = body(try RuleSetView(validating: bytes), bytes.count)
            let head: [(String, JSONValue)] = [
                ("generation", .counter(snapshot.generation)), ("set", .integer(set)),
                ("holds_in", .strings(lookup.holders(ofRuleSet: set))),
            ]
            return ControlAnswer.done(head + members)
        } catch {
            return ControlAnswer.failed(["error: rule set \(set): \(error)"])
        }
    }
}
