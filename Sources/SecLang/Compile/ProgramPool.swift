// The compiled programs of a rule set; equal ones are kept once.

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

    /// The programs that `rules` use, renumbered without gaps: rules may have been removed since.
    func keepUsed(by rules: inout [RuleDraft]) -> [ProgramDraft] {
        var kept: [ProgramDraft] = []
        var renumbered: [Int: Int] = [:]
        func renumber(_ number: Int) -> Int {
            if let new = renumbered[number] { return new }
            kept.append(programs[number])
            renumbered[number] = kept.count - 1
            return kept.count - 1
        }
        for rule in rules.indices {
            for target in rules[rule].targets.indices {
                if case .pattern(let number) = rules[rule].targets[target].selector {
                    rules[rule].targets[target].selector = .pattern(program: renumber(number))
                }
            }
            if let number = rules[rule].test.program {
                rules[rule].test.program = renumber(number)
            }
        }
        return kept
    }
}
