// How a rule's cost grows with what it looks at.

package import TestCorpus

/// One rule on one hostile text, short and long.
package struct Linearity: Sendable {
    package var rule: UInt32
    package var text: String
    package var short: LoneRuleRun.Cost
    package var long: LoneRuleRun.Cost
    /// Taken where the two do not fit: a text of which only the long form matches is searched twice, and one
    /// that is all noise leads to more states the longer it is.
    package var longest: LoneRuleRun.Cost?

    package static var shortBytes: Int { 4 << 10 }
    package static var longBytes: Int { 64 << 10 }
    package static var longestBytes: Int { 256 << 10 }
    /// What a linear rule may take for sixteen times the bytes; a quadratic one takes 256 times as much.
    package static var limit: Double { 20 }
    /// Steps that are no growth: states that turn up late.
    static var slackSteps: UInt64 { 100_000 }

    package var timeRatio: Double { Double(long.nanoseconds) / Double(max(short.nanoseconds, 1)) }

    package var stepsAreLinear: Bool {
        stepsFit || longest.map { Self.fits($0.steps, 4, times: long.steps) } ?? false
    }

    package var timeIsLinear: Bool {
        let fitsLongest = longest.map {
            Double($0.nanoseconds) <= Self.limit / 4 * Double(long.nanoseconds)
        }
        return timeRatio <= Self.limit || fitsLongest ?? false
    }

    package var isLinear: Bool { timeIsLinear && stepsAreLinear }

    private var stepsFit: Bool { Self.fits(long.steps, 16, times: short.steps) }

    /// The limit is for sixteen times the bytes, and in proportion for fewer.
    private static func fits(_ steps: UInt64, _ factor: Double, times fewer: UInt64) -> Bool {
        Double(steps) <= limit * factor / 16 * Double(fewer) + Double(slackSteps)
    }

    /// The texts that a rule is tried on.
    package static func texts(for rule: LoneRule) -> [HostileText] {
        HostileText.general + ownTexts(for: rule)
    }

    /// Those made from what the rule searches for.
    package static func ownTexts(for rule: LoneRule) -> [HostileText] {
        rule.searched.flatMap { HostileText.own(to: $0) }
    }

    /// Steps alone, from a matcher that has seen nothing: the same in every run.
    ///
    /// - Returns: nil for a rule that looks at nothing a peer sends.
    package static func steps(_ rule: LoneRule, _ run: LoneRuleRun, _ text: HostileText) -> Linearity? {
        func request(_ bytes: Int) -> HostileRequest {
            HostileRequest(text.bytes(bytes), wherever: rule.targets)
        }
        let short = request(shortBytes)
        guard short.hasText else { return nil }
        var result = Linearity(
            rule: rule.id, text: text.name, short: run.run(short, isCold: true),
            long: run.run(request(longBytes), isCold: true))
        if !result.stepsFit { result.longest = run.run(request(longestBytes), isCold: true) }
        return result
    }

    /// Steps, and the least time of several runs. Where the times do not fit they are taken again:
    /// other processes only ever add to them.
    package static func measure(_ rule: LoneRule, _ run: LoneRuleRun, _ text: HostileText) -> Linearity? {
        guard var result = steps(rule, run, text) else { return nil }
        func lower(_ cost: inout LoneRuleRun.Cost, _ bytes: Int, times: Int) {
            let request = HostileRequest(text.bytes(bytes), wherever: rule.targets)
            for _ in 0..<times {
                cost.nanoseconds = min(cost.nanoseconds, run.run(request, isCold: false).nanoseconds)
            }
        }
        for attempt in 0..<5 {
            lower(&result.short, shortBytes, times: 3)
            lower(&result.long, longBytes, times: 1)
            if result.timeRatio <= limit * 0.9, attempt > 0 { break }
        }
        if result.timeRatio > limit { lower(&result.long, longBytes, times: 10) }
        guard result.timeRatio > limit else { return result }
        let request = HostileRequest(text.bytes(longestBytes), wherever: rule.targets)
        var longest = result.longest ?? run.run(request, isCold: true)
        lower(&longest, longestBytes, times: 5)
        result.longest = longest
        return result
    }
}
