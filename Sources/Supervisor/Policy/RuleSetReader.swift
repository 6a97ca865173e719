// From rule text to the bytes of rule sets.

internal import Configuration
internal import RuleStore
internal import SecLang

enum RuleSetReader {
    /// Compiles every rule set of a configuration.
    ///
    /// - Throws: All errors of all sets; a file that belongs to several sets has its errors once.
    static func read(_ sets: [[RuleFile]]) throws(LoadFailure) -> [[UInt8]] {
        let files = FileSystemReader()
        var encoded: [[UInt8]] = []
        var lines: [String] = []
        for set in sets {
            switch RuleCompiler.compile(files: set.map(\.path), reader: files) {
            case .success(let draft):
                encoded.append(RuleSetEncoder.encode(draft))
            case .failure(let errors):
                for line in errors.errors.map(\.description) where !lines.contains(line) {
                    lines.append(line)
                }
            }
        }
        guard lines.isEmpty else { throw LoadFailure(lines) }
        return encoded
    }
}
