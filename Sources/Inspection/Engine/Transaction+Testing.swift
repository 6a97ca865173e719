// Operators by name.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Whether the rule matches the value: the operator's answer, turned round by `!`.
    func test(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) -> Bool {
        switch answer(rule, value, rules) {
        case .no: return rule.isNegated
        case .yes: return !rule.isNegated
        case .tooMuchEffort:
            noteEffort()
            return limits.matchesOnPatternEffort
        }
    }

    private func answer(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) -> OperatorAnswer {
        switch rule.operatorName {
        case .rx, .rxGlobal: search(rule, value, rules)
        case .pm, .pmFromFile:
            OperatorAnswer(PhraseMatch.find(rules.phrases(rule.program!), in: value) != nil)
        case .ipMatch, .ipMatchFromFile:
            OperatorAnswer(AddressMatch.matches(rules.addresses(rule.program!), value))
        case .validateByteRange: OperatorAnswer(rules.byteSet(rule.program!).isViolated(by: value))
        case .verifyCC, .verifyCPF, .verifySSN, .verifySVNR: verify(rule, value, rules)
        case .streq, .contains, .beginsWith, .endsWith, .within, .strmatch, .containsWord, .eq, .ge, .gt,
            .le, .lt:
            OperatorAnswer(compares(rule.operatorName, value, expand(rule.operatorText, rules)))
        case .validateUrlEncoding: OperatorAnswer(URLEncodingViolation.matches(value))
        case .validateUtf8Encoding: OperatorAnswer(UTF8Violation.matches(value))
        case .detectSQLi: OperatorAnswer(SQLInjection.matches(value))
        case .detectXSS: OperatorAnswer(CrossSiteScripting.matches(value))
        case .rsub: OperatorAnswer(substitute(rule, value, rules))
        case .geoLookup: OperatorAnswer(lookUpPlace(rule, value, rules))
        case .validateDTD, .validateSchema:
            OperatorAnswer(GrammarViolation.matches(xml, rules.grammar(rule.program!)))
        case .unconditionalMatch: .yes
        case .noMatch: .no
        }
    }

    /// The operators that compare with a text.
    private func compares(_ name: OperatorName, _ value: ByteView, _ argument: ByteView) -> Bool {
        switch name {
        case .streq: StringEquality.matches(value, argument)
        case .contains: Containment.matches(value, argument)
        case .beginsWith: Prefix.matches(value, argument)
        case .endsWith: Suffix.matches(value, argument)
        case .within: Within.matches(value, argument)
        case .strmatch: StringMatch.matches(value, argument)
        case .containsWord: WordContainment.matches(value, argument)
        case .eq: NumberEquality.matches(value, argument)
        case .ge: AtLeast.matches(value, argument)
        case .gt: GreaterThan.matches(value, argument)
        case .le: AtMost.matches(value, argument)
        case .lt: LessThan.matches(value, argument)
        case .rx, .rxGlobal, .pm, .pmFromFile, .ipMatch, .ipMatchFromFile, .validateByteRange,
            .validateUrlEncoding, .validateUtf8Encoding, .verifyCC, .verifyCPF, .verifySSN, .verifySVNR,
            .unconditionalMatch, .noMatch, .detectSQLi, .detectXSS, .rsub, .geoLookup, .validateDTD,
            .validateSchema:
            preconditionFailure("the operator compares with no text")
        }
    }

    private func search(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) -> OperatorAnswer {
        if let program = rule.program {
            return RegularExpression.matches(rules.programs[program], value, scratch)
        }
        let text = expand(rule.operatorText, rules)
        guard text.count <= ExpandedPatternCache.textBytes else { return .tooMuchEffort }
        guard let program = expandedPattern(text) else {
            return OperatorAnswer(Containment.matches(value, text))
        }
        return RegularExpression.matches(program, value, scratch)
    }

    /// The pattern of @rx; nil when what its macros expand to makes none.
    func program(of rule: RuleRecord, _ rules: RuleSet) -> CompiledProgram? {
        if let program = rule.program { return rules.programs[program] }
        return expandedPattern(expand(rule.operatorText, rules))
    }

    private func expandedPattern(_ text: ByteView) -> CompiledProgram? {
        guard text.count <= ExpandedPatternCache.textBytes else { return nil }
        return scratch.expandedPatterns.pattern(text, quotingInto: &scratch.text).map { .backtracking($0) }
    }

    func verify(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) -> OperatorAnswer {
        let program = rules.programs[rule.program!]
        return switch rule.operatorName {
        case .verifyCPF:
            NumberVerification.find(program, in: value, scratch, isValid: BrazilianTaxNumber.isValid)
        case .verifySSN:
            NumberVerification.find(program, in: value, scratch, isValid: SocialSecurityNumber.isValid)
        case .verifySVNR:
            NumberVerification.find(program, in: value, scratch, isValid: AustrianInsuranceNumber.isValid)
        default: NumberVerification.find(program, in: value, scratch, isValid: CreditCardNumber.isValid)
        }
    }

    /// What rules ask for when a pattern was given up: `TX:MSC_PCRE_LIMITS_EXCEEDED`, as ModSecurity
    /// sets it.
    private func noteEffort() {
        breaches.insert(.patternEffort)
        let isSet = tx.set(ByteView("MSC_PCRE_LIMITS_EXCEEDED"), to: number(1), limit: limits.txMembers)
        if !isSet { breaches.insert(.txMembers) }
    }
}
