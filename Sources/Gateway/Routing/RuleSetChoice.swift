// Which rule set of a policy a question is about.

internal import Bytes
internal import RuleStore

package enum RuleSetChoice: Equatable, Sendable {
    /// There is only one.
    case only
    case number(Int)
    /// That of a request: `host/path`, or `/path` of the first server.
    case location(String)
}

/// Why no set is chosen.
package enum RuleSetChoiceError: Error, Equatable, Sendable {
    case noRules
    /// With what each of them holds for.
    case several([String])
    case noSuchSet(Int, count: Int)
    case noRulesAt(String)
    case notAPath(String)

    /// For the operator.
    package var lines: [String] {
        switch self {
        case .noRules: ["error: the configuration has no rules"]
        case .several(let sets):
            ["error: there are \(sets.count) rule sets, choose one by its number or by a location"] + sets
        case .noSuchSet(let number, let count):
            ["error: there is no rule set \(number): there are \(count), counted from 0"]
        case .noRulesAt(let title): ["error: no rules hold in \(title)"]
        case .notAPath(let text): ["error: expected host/path or /path, found \"\(text)\""]
        }
    }
}

extension RouteLookup {
    /// The index of the chosen set.
    package func ruleSet(_ choice: RuleSetChoice) throws(RuleSetChoiceError) -> Int {
        guard policy.ruleSetCount > 0 else { throw .noRules }
        switch choice {
        case .only:
            guard policy.ruleSetCount == 1 else {
                throw .several(
                    (0..<policy.ruleSetCount).map {
                        "rule set \($0): \(holders(ofRuleSet: $0).joined(separator: "; "))"
                    })
            }
            return 0
        case .number(let number):
            guard number < policy.ruleSetCount else {
                throw .noSuchSet(number, count: policy.ruleSetCount)
            }
            return number
        case .location(let text):
            guard let place = place(of: text) else { throw .notAPath(text) }
            guard let set = settings(of: place).ruleSet else { throw .noRulesAt(title(of: place)) }
            return set
        }
    }

    /// Where `host/path` leads on the first listener.
    private func place(of text: String) -> Place? {
        guard let slash = text.firstIndex(of: "/"), !policy.listeners.isEmpty else { return nil }
        let host = ByteText(String(text[..<slash]))
        let path = ByteText(String(text[slash...]))
        return place(server: server(listener: 0, host: host.view), path: path.view)
    }
}
