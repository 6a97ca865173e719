// Takes the directives of a load one after the other and builds the rule set. Its extensions know
// one part of the language each.

internal import RuleStore

struct RuleSetBuilder<Reader: RuleFileReader> {
    let reader: Reader
    var diagnostics = Diagnostics()
    var programs = ProgramPool()
    var selectors = RuleSelectorPool()
    var settings = EngineSettings()
    /// In the order of loading.
    var rules: [RuleDraft] = []
    var defaults = PhaseDefaults()
    var chain = ChainState.none
    /// Where each id that is taken was given.
    var ruleIDs: [UInt32: SourcePlace] = [:]
    /// Whether a SecResponseBodyMimeType has taken the place of the built-in types.
    var hasOwnBodyTypes = false
    /// Whether a SecRequestBodyAccess has been read: the set brings an engine's settings of its own.
    var setsBodyAccess = false
    /// The program of SecGeoLookupDb.
    var locationDatabase: Int?

    init(reader: Reader) { self.reader = reader }

    /// Compiles one directive; Include is not among them.
    mutating func add(_ directive: DirectiveSyntax) {
        switch directive.body {
        case .rule(let variables, let test, let actions):
            addRule(directive.name, variables: variables, test: test, actions: actions)
        case .action(let actions):
            addRule(directive.name, variables: nil, test: nil, actions: actions)
        case .marker(let name):
            addMarker(name, directive: directive.name)
        case .other(let arguments):
            addSetting(directive.name, arguments)
        case .broken:
            // Nobody knows whether the broken rule began or continued a chain.
            chain = .unknown
        }
    }

    func finish() -> Result<RuleSetDraft, RuleErrors> {
        guard diagnostics.isEmpty else { return .failure(RuleErrors(diagnostics.errors)) }
        var draft = RuleSetDraft()
        draft.rules = rules
        for index in draft.rules.indices { Self.settleStatus(of: &draft.rules[index]) }
        draft.settings = settings
        draft.settings.readsDocuments = !setsBodyAccess
        draft.selections = selectors.selections(of: draft.rules)
        draft.programs = programs.keepUsed(by: &draft)
        return .success(draft)
    }
}
