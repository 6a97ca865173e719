// The evaluation plans' sections.

internal import Bytes

/// Collects the records of all plans of a rule set.
struct EvaluationTable {
    private(set) var plans: [UInt32] = []
    private(set) var steps: [UInt32] = []
    private(set) var sources: [UInt32] = []
    private(set) var selectors: [UInt32] = []
    private(set) var gates: [UInt32] = []
    private(set) var pool = WordPool()

    mutating func add(_ draft: EvaluationPlanDraft, strings: inout StringPool) {
        let firstStep = UInt32(steps.count)
        steps += draft.steps.map { UInt32($0) }
        let firstSource = UInt32(sources.count / 4)
        for source in draft.sources { add(source, strings: &strings) }
        let firstGate = UInt32(gates.count / 4)
        for gate in draft.gates() {
            for sets in [gate.classes, gate.pairs] {
                gates += [sets.isEmpty ? 0 : pool.place(sets.flatMap { $0 }), UInt32(sets.count)]
            }
        }
        var words = [UInt32](repeating: 0, count: EvaluationFormat.PlanWord.count)
        func set(_ word: EvaluationFormat.PlanWord, _ value: UInt32) { words[word.rawValue] = value }
        set(.rowWords, UInt32(draft.rowWords))
        set(.unplanned, pool.place(draft.unplanned))
        set(.lengths, pool.place(draft.lengthRows()))
        set(.free, pool.place(draft.freeRows()))
        set(.gates, pool.place(draft.gateRows()))
        set(.firstStep, firstStep)
        set(.stepCount, UInt32(draft.steps.count))
        set(.firstSource, firstSource)
        set(.sourceCount, UInt32(draft.sources.count))
        set(.firstGate, firstGate)
        plans += words
    }

    private mutating func add(_ source: SourceDraft, strings: inout StringPool) {
        let first = UInt32(selectors.count / 6)
        for (selector, row) in source.selectors {
            var place = StringPool.Place(offset: 0, count: 0)
            var hash: UInt32 = 0
            var program = RuleSetLayout.none
            let kind: EvaluationFormat.SelectorKind
            switch selector {
            case .all: continue
            case .key(let key):
                kind = .key
                place = strings.place(key)
                hash = FieldName.hash(key)
            case .pattern(let number):
                kind = .pattern
                program = UInt32(number)
            case .path(let path):
                kind = .path
                place = strings.place(path)
            }
            selectors += [kind.rawValue, place.offset, place.count, hash, program, pool.place(row)]
        }
        let count = UInt32(selectors.count / 6) - first
        sources += [source.variable.rawValue, pool.place(source.row), first, count]
    }
}
