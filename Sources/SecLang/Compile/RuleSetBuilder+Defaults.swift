// SecDefaultAction: what the rules of a phase that follow start from.

internal import RuleStore

extension RuleSetBuilder {
    /// Takes the place of an earlier SecDefaultAction of the phase as a whole.
    mutating func setDefaults(_ actions: [ActionSyntax], _ directive: PlacedText) {
        var words = resolve(actions)
        let isComplete = words.count == actions.count
        for word in words where !word.name.mayBeDefault {
            diagnostics.report(.notInDefaultAction(word.name.rawValue), at: word.place)
        }
        words.removeAll { !$0.name.mayBeDefault }
        guard words.has(.phase) else {
            diagnostics.report(.defaultActionWithoutPhase, at: directive)
            return
        }
        // `block` asks for what the defaults say, so it can not be what they say.
        // One that could not be resolved, and was reported, may have been the disruptive one.
        if !words.contains(where: { $0.name.isDisruptive && $0.name != .block }), isComplete {
            diagnostics.report(.defaultActionWithoutDisruption, at: directive)
        }
        words.removeAll { $0.name == .block }
        var template = RuleDraft()
        template.phase = compilePhase(words)
        apply(words, to: &template, defaultRule: RuleDraft())
        defaults[template.phase] = template
    }
}
