// The directive about chains of stages.

extension DirectiveTable {
    static let pipelineRows: [DirectiveDefinition] = [
        DirectiveDefinition(
            .pipeline, in: [.http, .server, .location], kind: .chain, isRepeatable: true,
            .text("NAME { STAGE [ARGUMENT ...]; ... } | NAME | off"), default: "off",
            "with a block: defines a chain of stages; without: what requests and messages go through here")
    ]
}
