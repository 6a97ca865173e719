// Which operators run a compiled program.

extension OperatorName {
    /// The kind of program the operator needs; nil for those that compare with their argument.
    package var programKind: ProgramDraft.Kind? {
        switch self {
        case .rx: .pattern
        case .pm, .pmFromFile: .phrases
        case .ipMatch: .addresses
        case .streq, .contains, .beginsWith, .endsWith, .eq, .ge, .gt, .le, .lt, .unconditionalMatch: nil
        }
    }
}
