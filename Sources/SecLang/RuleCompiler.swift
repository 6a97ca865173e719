// Rule text in, a rule set for the store out.

package import RuleStore

package struct RuleCompiler {
    /// Reads and compiles rule files, in the order given, with everything they include.
    ///
    /// - Parameters:
    ///   - files: Paths as `reader` understands them. No patterns: who names files by pattern
    ///     expands it first.
    ///   - reader: Asked for rule files, for the patterns of Include and for phrase files.
    /// - Returns: The rule set, or everything that is wrong with the text. Nothing is skipped: one
    ///   error anywhere means no rule set.
    package static func compile(
        files: [String], reader: some RuleFileReader
    ) -> Result<RuleSetDraft, RuleErrors> {
        var builder = RuleSetBuilder(reader: reader)
        for file in files { builder.load(file) }
        return builder.finish()
    }
}
