// From rule text to the bytes of rule sets.

internal import Configuration
internal import RuleStore
internal import SecLang

/// A rule set for the store, and what the master itself must know of it.
struct CompiledRuleSet {
    var bytes: [UInt8]
    /// SecAuditLog, as written.
    var auditLog: String?
    /// SecDebugLog, as written.
    var debugLog: String?
}

enum RuleSetReader {
    /// Compiles every rule set of a configuration.
    ///
    /// - Throws: All errors of all sets, each with its line and a caret below the offending word; a file that
    ///   belongs to several sets has its errors once.
    static func read(_ sets: [[RuleFile]]) throws(LoadFailure) -> [CompiledRuleSet] {
        let files = FileSystemReader()
        var compiled: [CompiledRuleSet] = []
        var lines: [String] = []
        for set in sets {
            switch RuleCompiler.compile(files: set.map(\.path), reader: files) {
            case .success(let draft):
                func path(_ text: String) -> String? { text.isEmpty ? nil : text }
                compiled.append(
                    CompiledRuleSet(
                        bytes: RuleSetEncoder.encode(draft), auditLog: path(draft.settings.auditLog),
                        debugLog: path(draft.settings.debugLog)))
            case .failure(let errors):
                for error in errors.errors where !lines.contains(error.description) {
                    lines.append(error.description)
                    lines += error.excerpt.split(separator: "\n").map(String.init)
                }
            }
        }
        guard lines.isEmpty else { throw LoadFailure(lines) }
        return compiled
    }
}
