// How a pattern is read. The defaults are those under which rules are written: PCRE2 with
// DOTALL and DOLLAR_ENDONLY, case-sensitive, bytes and never characters.

/// What a pattern's own `(?i)`, `(?s)`, `(?m)`, `(?x)` start from.
package struct PatternOptions: Equatable, Hashable, Sendable {
    /// ASCII letters match in either case; other bytes have none.
    package var isCaseless: Bool
    /// `^` and `$` also match at line feeds inside the subject.
    package var isMultiline: Bool
    /// `.` matches a line feed too.
    package var dotMatchesAll: Bool
    /// `$` matches at the very end only, not before a final line feed. Of no effect with `isMultiline`.
    package var dollarIsEndOnly: Bool
    /// White space and `# comments` in the pattern are skipped.
    package var isExtended: Bool

    package init(
        isCaseless: Bool = false, isMultiline: Bool = false, dotMatchesAll: Bool = true,
        dollarIsEndOnly: Bool = true, isExtended: Bool = false
    ) {
        self.isCaseless = isCaseless
        self.isMultiline = isMultiline
        self.dotMatchesAll = dotMatchesAll
        self.dollarIsEndOnly = dollarIsEndOnly
        self.isExtended = isExtended
    }
}
