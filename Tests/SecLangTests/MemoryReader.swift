// Rule files in a table: what tests load instead of files.

@testable import SecLang

struct MemoryReader: RuleFileReader {
    var files: [String: String]

    func read(_ path: String) -> [UInt8]? { files[path].map { Array($0.utf8) } }

    /// Knows `*` only, as the last part of a path's name may hold it.
    func glob(_ pattern: String) -> [String] {
        let halves = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        // Not sorted: the compiler must do that.
        return files.keys.filter { $0.hasPrefix(halves[0]) && $0.hasSuffix(halves[1]) }.sorted(by: >)
    }
}
