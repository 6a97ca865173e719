// Every rule of the kit's rule set alone, on hostile texts of 4 and of 64 KiB.

import Foundation
import LoneRules

struct LinearityRunner {
    private let rules: [LoneRule]

    /// - Parameter only: The rule to look at; nil: all.
    init(kit: String, only: UInt32?) throws {
        rules = LoneRule.all(of: try CoreRules.draft(kit: kit)).filter { only == nil || $0.id == only }
    }

    /// - Returns: Whether every rule takes time linear in what it looks at.
    func run() throws -> Bool {
        var results: [Linearity] = []
        var blind = 0
        for rule in rules {
            let run = try LoneRuleRun(rule)
            let found = Linearity.texts(for: rule).compactMap { Linearity.measure(rule, run, $0) }
            if found.isEmpty { blind += 1 }
            results += found
        }
        let failures = results.filter { !$0.isLinear }
        show("highest ratios of time", results.sorted { $0.timeRatio > $1.timeRatio }.prefix(10))
        show("longest at 64 KiB", results.sorted { $0.long.nanoseconds > $1.long.nanoseconds }.prefix(10))
        show("most steps at 64 KiB", results.sorted { $0.long.steps > $1.long.steps }.prefix(10))
        if !failures.isEmpty { show("not linear", failures[...]) }
        let ratios = results.map(\.timeRatio).sorted()
        if let worst = ratios.last {
            print(
                String(
                    format:
                        "%d rules, %d of them without a value to look at, %d runs: ratio of time %.1f at most, "
                        + "median %.1f; %d over %.0f",
                    rules.count, blind, results.count, worst, ratios[ratios.count / 2], failures.count,
                    Linearity.limit))
        }
        return failures.isEmpty
    }

    private func show(_ title: String, _ rows: ArraySlice<Linearity>) {
        print("\(title):")
        for row in rows {
            print(
                String(
                    format: "  %6u %8.3f ms %9.3f ms %6.1f times, %9llu to %10llu steps, ", row.rule,
                    Double(row.short.nanoseconds) / 1e6, Double(row.long.nanoseconds) / 1e6, row.timeRatio,
                    row.short.steps, row.long.steps) + row.text)
        }
    }
}
