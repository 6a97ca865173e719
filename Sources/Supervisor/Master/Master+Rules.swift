// Questions about the rules in force: read from the store, as workers read it.

internal import Reports
internal import RuleStore

extension Master {
    /// Opens the generation in force for as long as one answer takes.
    func ruleAnswer(_ body: (RuleAnswers) -> JSONValue) -> JSONValue {
        guard let store = pool.outfit.stores[generation] else {
            return ControlAnswer.failed(["error: no generation is in force"])
        }
        let snapshot: Snapshot
        do throws(StoreError) {
            snapshot = try Snapshot(descriptor: store.number)
        } catch {
            return ControlAnswer.failed(["error: generation \(generation): \(error.description)"])
        }
        do throws(LoadFailure) {
            return body(try RuleAnswers(snapshot))
        } catch {
            return ControlAnswer.failed(error.lines)
        }
    }
}
