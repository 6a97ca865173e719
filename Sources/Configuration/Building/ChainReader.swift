// The stages in the block of a pipeline.

internal import RuleStore

/// Reads one chain. The file of a stage `schema` is compiled on the way.
struct ChainReader {
    let context: BuildContext
    var schemas: SchemaRegistry

    /// Names that are part of the language itself.
    private static let parallel = "parallel"
    private static let branch = "branch"
    private static let schema = "schema"

    mutating func links(
        _ nodes: [DirectiveNode], isBranching: Bool, _ diagnostics: inout Diagnostics
    ) -> [PipelineLink] {
        var found: [PipelineLink] = []
        for node in nodes {
            guard let block = node.block else {
                found.append(.stage(stage(node, &diagnostics)))
                continue
            }
            guard node.name.text == Self.parallel, node.arguments.isEmpty, !isBranching else {
                diagnostics.report(
                    node.name.location,
                    .unexpected(
                        found: "\"\(node.name.text) {\"",
                        expected: isBranching ? "a stage and \";\"" : "a stage and \";\", or \"parallel {\""))
                continue
            }
            found.append(.parallel(branches(block, &diagnostics)))
        }
        return found
    }

    /// A stage is a branch of its own; several are put into `branch { }`.
    private mutating func branches(_ nodes: [DirectiveNode], _ diagnostics: inout Diagnostics)
        -> [[PipelineLink]]
    {
        var found: [[PipelineLink]] = []
        for node in nodes {
            let isBranch = node.name.text == Self.branch && node.arguments.isEmpty
            found.append(links(isBranch ? node.block ?? [] : [node], isBranching: true, &diagnostics))
        }
        return found
    }

    private mutating func stage(_ node: DirectiveNode, _ diagnostics: inout Diagnostics) -> StagePolicy {
        let arguments = node.arguments.map { word in
            // The name of an argument is a word; anything else before a "=" belongs to a bare value.
            let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isNamed =
                parts.count == 2 && !parts[0].isEmpty
                && parts[0].utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F || $0 == 0x2D }
            return isNamed
                ? StagePolicy.Argument(name: String(parts[0]), value: String(parts[1]))
                : StagePolicy.Argument(name: "", value: word.text)
        }
        var stage = StagePolicy(name: node.name.text, arguments: arguments, place: "\(node.name.location)")
        if node.name.text == Self.schema, let word = node.arguments.first(where: { !$0.text.contains("=") }) {
            let file = RuleFile(path: context.paths.besideConfiguration(word.text), location: word.location)
            if let index = schemas.index(of: file, context, &diagnostics) {
                stage.data = schemas.compiled[index]
            }
        }
        return stage
    }
}
