// The operators: `OperatorName` of the store with their other spellings, and those of the language
// that have no number there.

internal import RuleStore

extension OperatorName {
    static let table = WordTable(
        supported: allCases.map { ($0.spelling, $0) } + [
            ("pmf", .pmFromFile), ("ipMatchF", .ipMatchFromFile),
        ],
        unsupported: [
            "fuzzyHash", "geoLookup", "gsbLookup", "inspectFile", "rbl",
            "restpath", "rsub", "validateDTD", "validateHash", "validateNid", "validateSchema",
        ])
}
