// Operators whose answer never changes for one value.

internal import RuleStore

extension OperatorName {
    /// Whether the answer depends on nothing but the value and what was compiled: no macros, no other variable,
    /// nothing that the operator itself changes. Patterns that are given up after too much effort are not
    /// meant.
    var judgesValueAlone: Bool {
        switch self {
        case .rx, .rxGlobal, .pm, .pmFromFile, .ipMatch, .ipMatchFromFile, .validateByteRange,
            .validateUrlEncoding, .validateUtf8Encoding, .verifyCC, .verifyCPF, .verifySSN, .verifySVNR,
            .detectSQLi, .detectXSS, .unconditionalMatch, .noMatch:
            true
        case .streq, .contains, .beginsWith, .endsWith, .within, .strmatch, .containsWord, .eq, .ge, .gt, .le,
            .lt, .rsub, .geoLookup, .validateDTD, .validateSchema:
            false
        }
    }
}
