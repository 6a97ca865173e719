// The compiled programs of a rule set; equal ones are kept once.

internal import Bytes
internal import RuleStore

struct ProgramPool {
    private var programs: [ProgramDraft] = []
    private var numbers: [ProgramDraft: Int] = [:]

    /// - Returns: The number by which rules refer to the program.
    mutating func add(_ program: ProgramDraft) -> Int {
        if let number = numbers[program] { return number }
        programs.append(program)
        numbers[program] = programs.count - 1
        return programs.count - 1
    }

    /// What a value must have for the program to match, nil when nothing is known.
    func gate(of number: Int) -> ByteGate? { programs[number].gate }

    /// The programs that a rule set uses, renumbered without gaps: rules may have been removed since.
    func keepUsed(by draft: inout RuleSetDraft) -> [ProgramDraft] {
        var kept: [ProgramDraft] = []
        var renumbered: [Int: Int] = [:]
        func renumber(_ number: Int) -> Int {
            if let new = renumbered[number] { return new }
            kept.append(programs[number])
            renumbered[number] = kept.count - 1
            return kept.count - 1
        }
        func renumber(_ target: inout TargetDraft) {
            if case .pattern(let number) = target.selector {
                target.selector = .pattern(program: renumber(number))
            }
        }
        for rule in draft.rules.indices {
            for target in draft.rules[rule].targets.indices { renumber(&draft.rules[rule].targets[target]) }
            for action in draft.rules[rule].actions.indices {
                guard
                    case .control(.removeTarget(let selection, var target)) = draft.rules[rule].actions[
                        action]
                else { continue }
                renumber(&target)
                draft.rules[rule].actions[action] = .control(.removeTarget(selection: selection, target))
            }
            if let number = draft.rules[rule].test.program {
                draft.rules[rule].test.program = renumber(number)
            }
        }
        draft.settings.auditRelevantStatus = draft.settings.auditRelevantStatus.map(renumber)
        return kept
    }
}
