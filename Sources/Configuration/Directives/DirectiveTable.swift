// All directives, by part of the language, and how they are found and printed.

package enum DirectiveTable {
    package static let rows: [DirectiveDefinition] =
        mainRows + serverRows + proxyRows + inspectionRows + webSocketRows + targetRows + pipelineRows

    /// All rows of a spelling; `server` has two.
    private static let rowsBySpelling = Dictionary(grouping: rows, by: \.name.spelling)

    static func rows(spelled spelling: String) -> [DirectiveDefinition] { rowsBySpelling[spelling] ?? [] }

    /// The row of a directive that may stand in `context`.
    static func row(spelled spelling: String, in context: DirectiveContext) -> DirectiveDefinition? {
        rows(spelled: spelling).first { $0.contexts.contains(context) }
    }

    /// The known name nearest to one that is not known; names of the same context first.
    static func nearest(to spelling: String, in context: DirectiveContext) -> String? {
        let here = rows.filter { $0.contexts.contains(context) }.map(\.name.spelling)
        return EditDistance.nearest(to: spelling, in: here)
            ?? EditDistance.nearest(to: spelling, in: rows.map(\.name.spelling))
    }

    /// The table as an operator reads it, one paragraph a directive.
    package static var text: String { text(of: rows) }

    package static func text(of rows: [DirectiveDefinition]) -> String {
        rows.map { row in
            let block = row.kind.isSimple ? ";" : row.kind == .chain ? "" : " { ... }"
            let shape = row.syntax.shape
            let syntax = row.name.spelling + (shape.isEmpty ? "" : " " + shape) + block
            let standard = row.defaultText.isEmpty ? "-" : row.defaultText
            let contexts = row.contexts.map(\.rawValue).joined(separator: ", ")
            return "\(syntax)\n    \(row.help)\n    default: \(standard)   in: \(contexts)\n"
        }.joined(separator: "\n")
    }

    /// Milliseconds that fit every timer: about 24 days.
    static let longestMilliseconds = Int(Int32.max)
    static let timeout = ArgumentSyntax.time(1...longestMilliseconds)
    static let webSocketSizes = 1...(1 << 30)
}
