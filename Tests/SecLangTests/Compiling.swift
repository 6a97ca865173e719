// Short ways for tests to compile text and to look at the outcome.

import RuleStore
import Testing

@testable import SecLang

/// Compiles `text` as `a.conf`, with further files beside it.
func compile(_ text: String, _ files: [String: String] = [:]) -> Result<RuleSetDraft, RuleErrors> {
    let all = files.merging(["a.conf": text]) { _, text in text }
    return RuleCompiler.compile(files: ["a.conf"], reader: MemoryReader(files: all))
}

/// The rule set; a test fails with the errors when there is none.
func draft(_ text: String, _ files: [String: String] = [:]) throws -> RuleSetDraft {
    try compile(text, files).get()
}

/// The only rule of `text`.
func rule(_ text: String, _ files: [String: String] = [:]) throws -> RuleDraft {
    let rules = try draft(text, files).rules
    try #require(rules.count == 1)
    return rules[0]
}

/// What the operator reads; empty when the text compiles.
func errors(_ text: String, _ files: [String: String] = [:]) -> [String] {
    switch compile(text, files) {
    case .success: []
    case .failure(let failure): failure.errors.map(\.description)
    }
}

/// A text as the reader of files would hand it on.
func placed(_ text: String) -> PlacedText {
    var placed = PlacedText(file: 0, emptyAt: 0)
    for (offset, byte) in text.utf8.enumerated() { placed.append(byte, at: offset) }
    return placed
}

/// Diagnostics that know `text` as `a.conf`.
func diagnostics(for text: String) -> Diagnostics {
    var diagnostics = Diagnostics()
    _ = diagnostics.open(SourceFile(path: "a.conf", bytes: Array(text.utf8)))
    return diagnostics
}

extension RuleDraft {
    /// The setvar and setenv among the actions.
    var assignments: [AssignmentDraft] {
        actions.compactMap { if case .assign(let assignment) = $0 { assignment } else { nil } }
    }
}
