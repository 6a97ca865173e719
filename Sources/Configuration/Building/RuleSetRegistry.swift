// Locations with the same rules share one compiled set.

/// Lists of rule files, each once.
struct RuleSetRegistry {
    private(set) var sets: [[RuleFile]] = []
    private var indices: [[String]: Int] = [:]

    /// nil for no files.
    ///
    /// - Parameter isNeeded: Whether the engine is wanted even without rules: what it reads requests with.
    mutating func index(of files: [RuleFile], isNeeded: Bool = false) -> Int? {
        guard !files.isEmpty || isNeeded else { return nil }
        let paths = files.map(\.path)
        if let index = indices[paths] { return index }
        indices[paths] = sets.count
        sets.append(files)
        return sets.count - 1
    }
}
