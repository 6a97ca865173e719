// The TX members that rules count up or down: the scores.

/// A member of TX that some rule adds to. A message starts with all of these at 0.
struct Accumulator: Equatable, Hashable {
    var name: [UInt8]
    /// The name goes on with a macro; all members that begin so are meant.
    var isPrefix: Bool

    /// Every accumulator of a rule set, each once, in order of appearance.
    static func all(in rules: [RuleDraft]) -> [Accumulator] {
        var seen: Set<Accumulator> = []
        var all: [Accumulator] = []
        for rule in rules {
            for case .assign(let assignment) in rule.actions
            where assignment.kind == .add || assignment.kind == .subtract {
                guard assignment.collection == .tx, case .literal(let name)? = assignment.name.parts.first
                else { continue }
                let accumulator = Accumulator(name: name, isPrefix: assignment.name.parts.count > 1)
                if seen.insert(accumulator).inserted { all.append(accumulator) }
            }
        }
        return all
    }
}
