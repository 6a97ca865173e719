// The operators: `OperatorName` of the store with their other spellings, and those of the language
// that have no number there.

internal import RuleStore

extension OperatorName {
    static let table = WordTable(
        supported: allCases.map { ($0.spelling, $0) } + [
            ("pmf", .pmFromFile), ("ipMatchF", .ipMatchFromFile),
        ],
        unsupported: [
            ("fuzzyHash", "ssdeep is not built in"),
            ("gsbLookup", "the lookup service that it asked exists no more"),
            ("inspectFile", "wafd runs no other programs"),
            ("rbl", "wafd asks no name server while it judges; list addresses with @ipMatchFromFile"),
            ("restpath", "it is Coraza's; match REQUEST_FILENAME with @rx"),
            ("validateHash", "wafd signs no links"),
            ("validateNid", "it is Coraza's; match with @rx"),
        ])
}
