// Works out the evaluation plan of a phase: which values concern which rules.

internal import Bytes

/// The rows of one plan before they are laid out.
struct EvaluationPlanDraft {
    /// One entry of the plan, as far as it can be tried on all values at once.
    private struct Planned {
        var entry: Int
        var rule: RuleDraft
        var targets: [TargetDraft]
    }

    let entryCount: Int
    let rowWords: Int
    private(set) var unplanned: [UInt64]
    /// Nodes of the tree of transformations, ascending, 0 first; with each node its parents.
    private(set) var steps: [Int] = [0]
    private(set) var sources: [SourceDraft] = []
    private var planned: [Planned] = []

    /// - Parameters:
    ///   - rules: The starters of the plan's entries, in order.
    ///   - path: The nodes that lead to the end of a list of transformations, 0 left out.
    init(_ rules: [RuleDraft], isMessage: Bool, path: ([TransformationName]) -> [Int]) {
        entryCount = rules.count
        rowWords = max(1, (rules.count + 63) / 64)
        unplanned = [UInt64](repeating: 0, count: rowWords)
        var nodes: Set<Int> = [0]
        for (entry, rule) in rules.enumerated() {
            let targets = rule.targets.filter { target in
                !target.isExcluded && (!isMessage || target.variable.isCarriedByMessages)
            }
            let path = path(rule.transformations)
            let union = nodes.union(path)
            guard Self.canBePlanned(rule, targets), union.count <= EvaluationFormat.mostSteps else {
                unplanned[entry / 64] |= 1 << UInt64(entry % 64)
                continue
            }
            nodes = union
            planned.append(Planned(entry: entry, rule: rule, targets: targets))
        }
        steps = nodes.sorted()
        for member in planned {
            for target in member.targets { addSource(target, entry: member.entry) }
        }
    }

    private static func canBePlanned(_ rule: RuleDraft, _ targets: [TargetDraft]) -> Bool {
        guard rule.kind == .rule, rule.namespaces.isEmpty,
            targets.allSatisfy({ $0.variable.isSettled && !$0.isCounted })
        else { return false }
        // A member that two targets name is tried twice, which rows of one bit can not say.
        for (index, target) in targets.enumerated() {
            for other in targets[..<index] where other.variable == target.variable {
                guard case .key(let left) = other.selector, case .key(let right) = target.selector,
                    left.map(ASCII.lowercased) != right.map(ASCII.lowercased)
                else {
                    guard case .path(let left) = other.selector, case .path(let right) = target.selector,
                        left != right
                    else { return false }
                    continue
                }
            }
        }
        return true
    }

    private mutating func addSource(_ target: TargetDraft, entry: Int) {
        let index: Int
        if let known = sources.firstIndex(where: { $0.variable == target.variable }) {
            index = known
        } else {
            index = sources.count
            sources.append(SourceDraft(variable: target.variable, rowWords: rowWords))
        }
        sources[index].add(target.selector, entry: entry)
    }

    private func row(_ isMember: (Planned) -> Bool) -> [UInt64] {
        var row = [UInt64](repeating: 0, count: rowWords)
        for member in planned where isMember(member) {
            row[member.entry / 64] |= 1 << UInt64(member.entry % 64)
        }
        return row
    }

    private static func gate(of member: Planned) -> ByteGate {
        member.rule.test.isNegated ? .open : member.rule.test.gate ?? .open
    }

    // MARK: Rows

    func lengthRows() -> [UInt64] {
        (0..<EvaluationFormat.lengthCount).flatMap { length in
            row { min(Self.gate(of: $0).minimumBytes, EvaluationFormat.lengthCount - 1) <= length }
        }
    }

    func freeRows() -> [UInt64] {
        (0..<EvaluationFormat.slots).flatMap { slot in row { Self.gate(of: $0).classes.count <= slot } }
    }

    func gateRows() -> [UInt64] {
        var rows = [UInt64](repeating: 0, count: 256 * EvaluationFormat.slots * rowWords)
        for member in planned {
            let bit: UInt64 = 1 << UInt64(member.entry % 64)
            for (slot, set) in Self.gate(of: member).classes.prefix(EvaluationFormat.slots).enumerated() {
                for byte in 0..<256 where set[byte / 64] >> UInt64(byte % 64) & 1 == 1 {
                    rows[(byte * EvaluationFormat.slots + slot) * rowWords + member.entry / 64] |= bit
                }
            }
        }
        return rows
    }

    /// For each entry what a value must have.
    func gates() -> [ByteGate] {
        var gates = [ByteGate](repeating: .open, count: entryCount)
        for member in planned { gates[member.entry] = Self.gate(of: member) }
        return gates
    }
}

/// A variable that planned entries look at.
struct SourceDraft {
    let variable: VariableName
    /// Entries that look at every member.
    private(set) var row: [UInt64]
    private(set) var selectors: [(selector: TargetDraft.Selector, row: [UInt64])] = []

    init(variable: VariableName, rowWords: Int) {
        self.variable = variable
        row = [UInt64](repeating: 0, count: rowWords)
    }

    mutating func add(_ selector: TargetDraft.Selector, entry: Int) {
        let bit: UInt64 = 1 << UInt64(entry % 64)
        let selector = Self.folded(selector)
        guard selector != .all else {
            row[entry / 64] |= bit
            return
        }
        if let known = selectors.firstIndex(where: { $0.selector == selector }) {
            selectors[known].row[entry / 64] |= bit
        } else {
            var own = [UInt64](repeating: 0, count: row.count)
            own[entry / 64] |= bit
            selectors.append((selector, own))
        }
    }

    /// Names compare without regard to case.
    private static func folded(_ selector: TargetDraft.Selector) -> TargetDraft.Selector {
        if case .key(let key) = selector { return .key(key.map(ASCII.lowercased)) }
        return selector
    }
}
