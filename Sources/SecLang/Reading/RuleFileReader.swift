// Where rule text comes from: the file system, or a table in memory when rules are tried out.

/// Hands out the files that a load of rules names.
package protocol RuleFileReader {
    /// The whole file, nil when it can not be read, is no regular file or exceeds
    /// `RuleTextLimits.fileBytes`.
    func read(_ path: String) -> [UInt8]?
    /// A file of up to `RuleTextLimits.databaseBytes`.
    func readDatabase(_ path: String) -> [UInt8]?
    /// The paths that a pattern with `*`, `?` or `[` matches, in any order; empty when none does.
    func glob(_ pattern: String) -> [String]
}

extension RuleFileReader {
    package func readDatabase(_ path: String) -> [UInt8]? { read(path) }
}
