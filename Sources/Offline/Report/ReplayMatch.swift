// One rule that matched, with what each of its links matched and set.

package struct ReplayMatch: Equatable, Sendable {
    package struct Link: Equatable, Sendable {
        /// From 0.
        package var number: Int
        /// `ARGS:id`; nil for a SecAction.
        package var variable: String?
        /// After transformations, escaped, whole.
        package var value: String
        package var changes: [Change]
    }

    /// What setvar did.
    package struct Change: Equatable, Sendable {
        /// `tx.sql_injection_score`
        package var name: String
        /// Where it was added to; nil where it was set or removed.
        package var added: Int?
        /// nil: removed.
        package var value: String?
    }

    package var id: UInt32
    package var phase: Int
    /// A message's list of rules, or `phase N`.
    package var plan: String
    package var severity: String?
    /// With their macros expanded, escaped.
    package var message: String
    package var data: String
    package var tags: [String]
    package var file: String
    package var line: Int
    /// false with nolog.
    package var isLogged: Bool
    package var disruption: String
    package var isEnforced: Bool
    package var links: [Link]
}

/// One value that a rule was tried on.
package struct ReplayTest: Equatable, Sendable {
    package var id: UInt32
    /// From 0.
    package var link: Int
    package var phase: Int
    package var variable: String
    /// Escaped and cut.
    package var value: String
    package var hasMatched: Bool
}
