// Which operators run a compiled program.

extension OperatorName {
    /// The kinds of program that the operator runs; empty for those that look at their argument's text
    /// or at the value alone.
    package var programKinds: [ProgramDraft.Kind] {
        switch self {
        case .rx, .rxGlobal, .rsub, .verifyCC, .verifyCPF, .verifySSN, .verifySVNR: [.pattern, .backtracking]
        case .pm, .pmFromFile: [.phrases]
        case .ipMatch, .ipMatchFromFile: [.addresses]
        case .validateByteRange: [.byteSet]
        case .geoLookup: [.locations]
        case .validateDTD: [.dtd]
        case .validateSchema: [.xmlSchema]
        case .streq, .contains, .beginsWith, .endsWith, .eq, .ge, .gt, .le, .lt, .within, .strmatch,
            .containsWord, .unconditionalMatch, .noMatch, .validateUrlEncoding, .validateUtf8Encoding,
            .detectSQLi, .detectXSS:
            []
        }
    }

    /// Whether the argument may have macros where other rules of the operator have a program: the text
    /// is compiled when it is known.
    package var maySearchExpandedText: Bool { self == .rx || self == .rxGlobal }
}
