// What came of one captured exchange.

package struct ReplayReport: Equatable, Sendable {
    package enum Outcome: String, Equatable, Sendable { case pass, block }

    /// Why the gateway answers by itself, whatever rules say.
    package struct Refusal: Equatable, Sendable {
        package var status: Int
        /// One word, as logs have it, or a sentence.
        package var reason: String
    }

    /// Where the exchange belongs.
    package struct Place: Equatable, Sendable {
        package var title: String
        /// nil: no rules hold there.
        package var ruleSet: Int?
        /// `on`, `detect`, `off`
        package var inspection: String
        /// `On`, `DetectionOnly`, `Off`: what the rules' own SecRuleEngine says; nil without rules.
        package var engine: String?
    }

    /// What the rules decided.
    package struct Decision: Equatable, Sendable {
        /// `deny`, `drop`, `redirect`
        package var action: String
        package var status: Int
        /// 0: a limit of the engine was passed.
        package var ruleID: UInt32
        /// Of the decision.
        package var phase: Int
        /// Where a redirection leads, escaped.
        package var location: String?
        /// false under DetectionOnly and `waf detect`: it is noted and nothing is done.
        package var isEnforced: Bool
        /// The stage of the pipeline that decided; nil: the rules.
        package var stage: String?
    }

    /// What one stage of a pipeline did in one phase.
    package struct StageNote: Equatable, Sendable {
        package var stage: String
        package var phase: String
        package var nanoseconds: Int
        /// `next`, a verdict, or that it would wait.
        package var result: String
        /// Set by it: `name=value`.
        package var tags: [String] = []
        /// What stages behind it see instead.
        package var edits: [String] = []
    }

    /// What came of one WebSocket message.
    package struct MessageNote: Equatable, Sendable {
        /// Messages of that direction before this one.
        package var index: Int
        /// `client` or `server`: who sent it.
        package var direction: String
        /// Its beginning, quoted.
        package var text: String
        package var verdict = "pass"
        package var isStopped = false
        package var stages: [StageNote] = []
        package var log: [String] = []
    }

    /// A variable of TX that rules add to, or one that they compare such a sum with.
    package struct Score: Equatable, Sendable {
        package var name: String
        package var value: String
    }

    package var name: String
    /// As sent, escaped.
    package var requestLine: String
    package var client: String
    /// nil: refused before it was routed.
    package var place: Place?
    package var refusal: Refusal?
    /// Phases that ran, in order.
    package var phases: [Int] = []
    package var responseStatus: Int?
    package var matches: [ReplayMatch] = []
    package var omittedMatches = 0
    package var tests: [ReplayTest] = []
    package var omittedTests = 0
    package var scores: [Score] = []
    package var thresholds: [Score] = []
    /// nil: no rule decided against it.
    package var decision: Decision?
    /// The pipeline that it went through; nil: none.
    package var pipeline: String?
    package var stages: [StageNote] = []
    package var messages: [MessageNote] = []
    /// Lines as the error log has them, without time.
    package var log: [String] = []
    package var notes: [String] = []

    package var outcome: Outcome {
        if let refusal, refusal.status >= 400 { return .block }
        return decision?.isEnforced == true || messages.contains { $0.isStopped } ? .block : .pass
    }

    /// The status that the client gets in place of the application's; nil: it passes.
    package var status: Int? { refusal?.status ?? (decision?.isEnforced == true ? decision?.status : nil) }
}
