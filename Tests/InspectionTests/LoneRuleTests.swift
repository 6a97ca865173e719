// Every rule of the core rule set alone: sixteen times the bytes take no more than twenty times the steps.

import LoneRules
import RuleStore
import TestCorpus
import Testing

@Suite("Each rule alone is linear", .enabled(if: ConformanceKit.isPresent)) struct LoneRuleTests {
    /// Counted by the matcher, so the same in every run; what operators without a pattern take is seen by
    /// `wafd-benchmarks --linearity` alone.
    @Test func steps() throws {
        let rules = LoneRule.all(of: try CoreRules.draft(kit: ConformanceKit.folder ?? ""))
        var (runs, seeing) = (0, 0)
        var most: UInt64 = 0
        var failures: [String] = []
        for rule in rules {
            let run = try LoneRuleRun(rule)
            var isSeeing = false
            for text in [HostileText.general[0], HostileText.general[2]] + Linearity.ownTexts(for: rule) {
                guard let result = Linearity.steps(rule, run, text) else { continue }
                runs += 1
                isSeeing = isSeeing || result.long.steps >= UInt64(Linearity.longBytes / 2)
                most = max(most, result.long.steps)
                if !result.stepsAreLinear {
                    let steps = [result.short.steps, result.long.steps, result.longest?.steps ?? 0]
                    failures.append("\(rule.id) \(text.name): \(steps)")
                }
            }
            if isSeeing { seeing += 1 }
        }
        print(
            "lone rules: \(rules.count), \(seeing) of them search long, \(runs) runs, \(most) steps at most")
        #expect(failures.prefix(10) == [])
        // Rules that look at counters, or that compare without a pattern, count no steps.
        #expect(rules.count > 620 && seeing > 200 && runs > 1_500)
    }
}
