// Rules that steer others: they compare a member of TX with a number that stands in the rule.

internal import Bytes
internal import RuleStore

/// `TX:name "@lt 2"` and `&TX:name "@eq 0"`, told without a look at the rule. When it holds, the rule is
/// evaluated as any other.
struct Steering: Sendable {
    private enum Comparison: Sendable { case eq, ge, gt, le, lt }

    private let name: ByteView
    private let counts: Bool
    private let comparison: Comparison
    private let number: Int
    private let isNegated: Bool

    /// nil for rules of another kind.
    init?(_ rule: RuleRecord, _ rules: RuleSetView) {
        guard !rule.isAction, rule.targets.count == 1, rule.transformation == 0 else { return nil }
        let target = rules.target(rule.targets.lowerBound)
        guard target.variable == .tx, target.hasKey, !target.isExcluded,
            !TransactionVariables.isCapture(target.key)
        else { return nil }
        switch rule.operatorName {
        case .eq: comparison = .eq
        case .ge: comparison = .ge
        case .gt: comparison = .gt
        case .le: comparison = .le
        case .lt: comparison = .lt
        default: return nil
        }
        let parts = rules.parts(ofText: rule.operatorText)
        guard parts.count == 1, case .literal(let text) = rules.textPart(parts.lowerBound) else { return nil }
        name = target.key
        counts = target.isCounted
        number = LeadingNumber.read(text)
        isNegated = rule.isNegated
    }

    /// Whether the rule's condition holds for these variables.
    func holds(_ tx: inout TransactionVariables) -> Bool {
        let value: Int
        if let member = tx.member(constant: name) {
            value = counts ? 1 : LeadingNumber.read(member.value)
        } else {
            guard counts else { return false }
            value = 0
        }
        let fits =
            switch comparison {
            case .eq: value == number
            case .ge: value >= number
            case .gt: value > number
            case .le: value <= number
            case .lt: value < number
            }
        return fits != isNegated
    }

    /// The value that the rule matches.
    func match(_ tx: inout TransactionVariables) -> SelectedValue? {
        let member = tx.member(constant: name)
        if counts {
            let digits = ByteView("01")
            let value = member == nil ? digits[..<1] : digits[1...]
            return SelectedValue(variable: .tx, key: nil, value: value)
        }
        return member.map { SelectedValue(variable: .tx, key: $0.name, value: $0.value) }
    }
}
