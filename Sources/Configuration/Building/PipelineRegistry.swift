// pipeline NAME { ... }: chains as they are written. What the stages themselves say of them is checked later,
// against the catalogue of stages.

internal import RuleStore

/// The pipelines of a configuration, each defined once, wherever it is named.
struct PipelineRegistry {
    private(set) var pipelines: [PipelinePolicy] = []
    /// Files of the `rulesource` stages of each.
    private var files: [[RuleFile]] = []
    private var places: [String: (index: Int, location: SourceLocation)] = [:]

    /// Names that are part of the language itself.
    private static let ruleSource = "rulesource"
    private static let remote = "remote"

    /// Takes in the definitions of a block and of the blocks in it.
    mutating func define(
        _ directives: [Directive], _ context: BuildContext, _ schemas: inout SchemaRegistry,
        _ diagnostics: inout Diagnostics
    ) {
        for directive in directives {
            if directive.name == .pipeline, let chain = directive.chain {
                define(directive, chain, context, &schemas, &diagnostics)
            }
            define(directive.block, context, &schemas, &diagnostics)
        }
    }

    private mutating func define(
        _ directive: Directive, _ chain: [DirectiveNode], _ context: BuildContext,
        _ schemas: inout SchemaRegistry, _ diagnostics: inout Diagnostics
    ) {
        let name = directive.arguments[0]
        if let first = places[name.text] {
            diagnostics.report(
                name.location, .duplicate(what: "pipeline \"\(name.text)\"", first: first.location))
            return
        }
        guard name.text != "off", !name.text.isEmpty else {
            diagnostics.report(
                name.location, .badValue(directive: directive.spelling, expected: "a name", found: name.text))
            return
        }
        var builder = ChainReader(context: context, schemas: schemas)
        let links = builder.links(chain, isBranching: false, &diagnostics)
        schemas = builder.schemas
        places[name.text] = (pipelines.count, name.location)
        pipelines.append(PipelinePolicy(name: name.text, links: links))
        files.append(Self.ruleFiles(chain, context, &diagnostics))
    }

    /// rulesource NAME FILE...
    private static func ruleFiles(
        _ nodes: [DirectiveNode], _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> [RuleFile] {
        var found: [RuleFile] = []
        for node in nodes {
            if node.name.text == ruleSource {
                for word in node.arguments.dropFirst() {
                    found += RuleFileReader.read(word, directive: node.name.text, context, &diagnostics)
                }
            }
            found += ruleFiles(node.block ?? [], context, &diagnostics)
        }
        return found
    }

    /// The pipeline of a name; reports when there is none.
    func index(of name: Word, _ diagnostics: inout Diagnostics) -> Int? {
        if let known = places[name.text] { return known.index }
        let names = places.keys.sorted()
        let nearest = EditDistance.nearest(to: name.text, in: names)
        diagnostics.report(
            name.location,
            .badValue(
                directive: DirectiveName.pipeline.spelling,
                expected: nearest.map { "a pipeline, perhaps \"\($0)\"" }
                    ?? "the name of a pipeline or \"off\"",
                found: name.text))
        return nil
    }

    func ruleFiles(of index: Int) -> [RuleFile] { files[index] }

    /// What its `remote` stage asks: the URI of a location; nil without one.
    func targetURI(of index: Int) -> String? {
        pipelines[index].stages.first { $0.name == Self.remote }?.arguments.first { $0.name.isEmpty }?.value
    }

    func hasStage(_ name: String, in index: Int) -> Bool {
        pipelines[index].stages.contains { $0.name == name }
    }
}
