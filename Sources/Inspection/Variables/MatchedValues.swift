// MATCHED_VAR and MATCHED_VARS.

struct MatchedValues {
    /// What the links of the running chain have matched.
    private(set) var all: ContiguousArray<SelectedValue> = []
    /// The newest match of any rule of the transaction.
    private(set) var last: SelectedValue?

    /// - Returns: false when `limit` matches are kept already; the last one then stands for the new.
    mutating func append(_ match: SelectedValue, limit: Int) -> Bool {
        last = match
        guard all.count < limit else {
            if limit > 0 { all[limit - 1] = match }
            return false
        }
        all.append(match)
        return true
    }

    /// A chain is over, whether it matched or not.
    mutating func endChain() { all.removeAll(keepingCapacity: true) }

    mutating func removeAll() {
        endChain()
        last = nil
    }
}
