// All that is wrong with a load of rules, at once.

package struct RuleErrors: Error, Equatable, Sendable, CustomStringConvertible {
    /// In the order of loading, then by place in the file; never empty.
    package let errors: [RuleError]

    package init(_ errors: [RuleError]) {
        precondition(!errors.isEmpty, "a failed load has at least one error")
        self.errors = errors
    }

    /// One line each.
    package var description: String { errors.map(\.description).joined(separator: "\n") }
}
