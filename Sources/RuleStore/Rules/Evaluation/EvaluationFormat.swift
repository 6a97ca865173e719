// The layout of the evaluation plans: what a phase can rule out before it walks its rules.
//
// An entry of a plan is "planned" when the chain's starter looks at settled variables only. For these the
// store says, in rows of one bit an entry, which values concern which entries and what a value must have
// for an entry to match. `EvaluationPlanDraft` writes it, `EvaluationPlanView` reads it.

enum EvaluationFormat {
    /// The words of a plan's record. Places are numbers of 64-bit words in the section `evaluationWords`.
    enum PlanWord: Int, CaseIterable {
        /// 64-bit words of a row: enough for one bit an entry.
        case rowWords
        /// Row: entries that are not planned.
        case unplanned
        /// Rows by length in bytes, the last for it and all longer ones: entries for which a value of that
        /// length is long enough.
        case lengths
        /// `slots` rows: entries that ask for no class in that slot.
        case free
        /// `slots` rows for each of the 256 bytes: entries of whose class in that slot the byte is.
        case gates
        case firstStep, stepCount
        case firstSource, sourceCount
        /// A record of `evaluationGates` for each entry.
        case firstGate

        static let count = 10
    }

    /// Classes of a gate that are tested for all entries at once; what is left is tested entry by entry.
    static let slots = 2
    /// Lengths that are told apart.
    static let lengthCount = 32
    /// Steps of one plan. Entries that would need more are not planned.
    static let mostSteps = 256
    static let stepRecordBytes = 4
    /// Variable, row, first selector, count of selectors.
    static let sourceRecordBytes = 16
    /// Kind, key's offset and count in the strings, key's hash, pattern's number, row.
    static let selectorRecordBytes = 24
    /// First word and count of all classes, first word and count of sets of pairs.
    static let gateRecordBytes = 16
    /// Words of a class of bytes.
    static let classWords = 4

    /// How a selector names members.
    enum SelectorKind: UInt32 {
        case key = 1, pattern, path
    }
}
