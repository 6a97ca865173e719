// A file of rules, and who asked for it.

/// One file of a rule set, its pattern expanded.
package struct RuleFile: Equatable, Hashable, Sendable {
    package var path: String
    /// The argument of `waf_rules_file` that named it.
    package var location: SourceLocation

    package init(path: String, location: SourceLocation) {
        self.path = path
        self.location = location
    }
}
