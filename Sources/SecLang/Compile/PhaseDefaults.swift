// What rules of a phase start from: the last SecDefaultAction of that phase.

internal import RuleStore

struct PhaseDefaults {
    private var templates: [RuleDraft]

    /// `log,auditlog,pass` for every phase, as ModSecurity has it.
    init() {
        templates = (UInt32(1)...5).map { phase in
            var template = RuleDraft()
            template.phase = phase
            return template
        }
    }

    /// - Parameter phase: 1 to 5.
    subscript(phase: UInt32) -> RuleDraft {
        get { templates[Int(phase) - 1] }
        set { templates[Int(phase) - 1] = newValue }
    }
}
