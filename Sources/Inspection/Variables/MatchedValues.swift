// MATCHED_VAR and MATCHED_VARS.

/// What the links of the running chain have matched.
struct MatchedValues {
    private(set) var all: ContiguousArray<SelectedValue> = []

    var last: SelectedValue? { all.last }

    /// - Returns: false when `limit` matches are kept already; the last one then stands for the new.
    mutating func append(_ match: SelectedValue, limit: Int) -> Bool {
        guard all.count < limit else {
            if limit > 0 { all[limit - 1] = match }
            return false
        }
        all.append(match)
        return true
    }

    mutating func removeAll() { all.removeAll(keepingCapacity: true) }
}
