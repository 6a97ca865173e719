// TX.0 to TX.9.

internal import Automata
internal import Bytes
internal import RuleStore

extension Transaction {
    /// Takes note that a rule with `capture` has matched. Its groups are sought when somebody asks for TX.0
    /// to TX.9, which few rules do.
    func capture(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) {
        if canWait(rule, rules) {
            tx.clearCaptures()
            pendingCapture = PendingCapture(rule: rule, value: value)
        } else {
            // An operator that captures nothing leaves what was captured before.
            settleCaptures(rules)
            captureNow(rule, value, rules)
        }
    }

    /// Makes TX.0 to TX.9 what the last capture says.
    func settleCaptures(_ rules: RuleSet) {
        guard let pending = pendingCapture else { return }
        pendingCapture = nil
        captureNow(pending.rule, pending.value, rules)
    }

    /// Whether the groups can be sought later: the value stays, and the search finds them for certain.
    private func canWait(_ rule: RuleRecord, _ rules: RuleSet) -> Bool {
        guard scratch.temporary.allocatedBytes == 0, let program = rule.program else { return false }
        switch rule.operatorName {
        case .rx: return if case .pattern = rules.programs[program] { true } else { false }
        case .pm, .pmFromFile: return true
        default: return false
        }
    }

    /// Writes the captures; all ten are cleared first.
    private func captureNow(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) {
        switch rule.operatorName {
        case .rx:
            guard let program = program(of: rule, rules),
                RegularExpression.captures(program, value, scratch) == .yes
            else { return }
            tx.clearCaptures()
            for group in 0..<min(scratch.groups.count, TransactionVariables.captureCount) {
                if let range = scratch.groups[group] { tx.setCapture(group, to: kept(value[range])) }
            }
        case .rxGlobal:
            guard let program = program(of: rule, rules) else { return }
            tx.clearCaptures()
            GlobalExpression.forEachCapture(
                program, in: value, scratch, limit: TransactionVariables.captureCount
            ) { number, range in
                if let range { tx.setCapture(number, to: kept(value[range])) }
            }
        case .pm, .pmFromFile:
            let phrases = rules.phrases(rule.program!)
            guard let range = PhraseMatch.find(phrases, in: value) else { return }
            tx.clearCaptures()
            // The phrase as the list has it, not the text that it was found in.
            let phrase = phrases.spelling(of: value[range]) ?? Lowercase.apply(value[range], in: arena)
            tx.setCapture(0, to: kept(phrase))
        case .verifyCC, .verifyCPF, .verifySSN, .verifySVNR:
            guard verify(rule, value, rules) == .yes, let match = scratch.groups[0] else { return }
            tx.clearCaptures()
            tx.setCapture(0, to: kept(value[match]))
        case .detectSQLi:
            guard let fingerprint = SQLInjection.fingerprint(of: value, in: arena) else { return }
            tx.clearCaptures()
            tx.setCapture(0, to: fingerprint)
        case .detectXSS:
            // The whole value, as in ModSecurity 2.
            tx.clearCaptures()
            tx.setCapture(0, to: kept(value))
        case .streq, .contains, .beginsWith, .endsWith, .within, .strmatch, .containsWord, .eq, .ge, .gt,
            .le, .lt, .ipMatch, .ipMatchFromFile, .validateByteRange, .validateUrlEncoding,
            .validateUtf8Encoding, .unconditionalMatch, .noMatch, .rsub, .geoLookup, .validateDTD,
            .validateSchema:
            break
        }
    }
}

/// A rule that has matched, whose groups nobody has asked for yet.
struct PendingCapture {
    var rule: RuleRecord
    var value: ByteView
}
