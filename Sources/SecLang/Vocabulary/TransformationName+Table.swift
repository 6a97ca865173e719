// The transformations: `TransformationName` of the store with their other spellings, and `none`.

internal import RuleStore

extension TransformationName {
    /// nil stands for `t:none`.
    static let table = WordTable<TransformationName?>(
        supported: allCases.map { ($0.spelling, $0) } + [
            ("none", nil), ("normalisePath", .normalizePath), ("normalisePathWin", .normalizePathWin),
        ])
}
