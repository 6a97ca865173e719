// The operators: `OperatorName` of the store with their other spellings, and those of the language
// that have no number there.

internal import RuleStore

extension OperatorName {
    static let table = WordTable(
        supported: allCases.map { ($0.spelling, $0) } + [("pmf", .pmFromFile)],
        unsupported: [
            "containsWord", "detectSQLi", "detectXSS", "fuzzyHash", "geoLookup", "gsbLookup",
            "inspectFile", "ipMatchF", "ipMatchFromFile", "noMatch", "rbl", "restpath", "rsub",
            "rxGlobal", "strmatch", "validateByteRange", "validateDTD", "validateHash",
            "validateNid", "validateSchema", "validateUrlEncoding", "validateUtf8Encoding",
            "verifyCC", "verifyCPF", "verifySSN", "verifySVNR", "within",
        ])
}
