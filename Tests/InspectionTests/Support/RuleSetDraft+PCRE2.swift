// The same rules with PCRE2 in place of the matcher.

import Automata
import RuleStore

extension RuleSetDraft {
    /// Every @rx becomes a program for PCRE2, as if no automaton could run it; nothing else changes.
    ///
    /// - Returns: The set, and how many rules it concerns.
    func runByPCRE2() throws -> (draft: RuleSetDraft, rules: Int) {
        var draft = self
        var numbers: [Int: Int] = [:]
        var count = 0
        for index in draft.rules.indices {
            let test = draft.rules[index].test
            guard test.name == .rx, let program = test.program, draft.programs[program].kind == .pattern,
                case .literal(let text)? = test.argument.parts.first
            else { continue }
            count += 1
            if let number = numbers[program] {
                draft.rules[index].test.program = number
                continue
            }
            let bytes = try BacktrackingFormat.encode(text, options: PatternOptions())
            draft.programs.append(ProgramDraft(kind: .backtracking, bytes: bytes))
            numbers[program] = draft.programs.count - 1
            draft.rules[index].test.program = draft.programs.count - 1
        }
        return (draft, count)
    }

    /// No rule jumps over others: each is tried on every request.
    func withoutJumps() -> RuleSetDraft {
        var draft = self
        for index in draft.rules.indices {
            draft.rules[index].skipAfter = ""
            draft.rules[index].skip = 0
        }
        return draft
    }
}
