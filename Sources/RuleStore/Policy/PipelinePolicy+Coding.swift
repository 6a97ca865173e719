// Pipelines in the policy blob; PolicyFormat.swift has the layout.

extension PolicyEncoder {
    mutating func append(_ pipeline: PipelinePolicy) {
        append(pipeline.name)
        append(all: pipeline.links) { $0.append($1) }
    }

    private mutating func append(_ link: PipelineLink) {
        switch link {
        case .stage(let stage):
            append(byte: 0)
            append(stage.name)
            append(all: stage.arguments) { encoder, argument in
                encoder.append(argument.name)
                encoder.append(argument.value)
            }
            append(stage.place)
            append(blob: stage.data)
        case .parallel(let branches):
            append(byte: 1)
            append(all: branches) { encoder, links in encoder.append(all: links) { $0.append($1) } }
        }
    }
}

extension PipelinePolicy {
    init(reading reader: inout PolicyReader) throws(PolicyError) {
        name = try reader.text("pipeline.name")
        links = try Self.links(&reader, depth: 0)
    }

    /// Branches in branches are refused by the configuration, so a deeper nesting is damage.
    private static let mostDepth = 8

    private static func links(_ reader: inout PolicyReader, depth: Int) throws(PolicyError) -> [PipelineLink]
    {
        try reader.list(leastBytes: 1) { (reader) throws(PolicyError) in
            guard try reader.flag("pipeline.link") else { return .stage(try StagePolicy(reading: &reader)) }
            guard depth < mostDepth else { throw reader.badValue("pipeline.link", size: 1) }
            return .parallel(
                try reader.list(leastBytes: 4) { (reader) throws(PolicyError) in
                    try links(&reader, depth: depth + 1)
                })
        }
    }
}

extension StagePolicy {
    init(reading reader: inout PolicyReader) throws(PolicyError) {
        name = try reader.text("stage.name")
        arguments = try reader.list(leastBytes: 8) { (reader) throws(PolicyError) in
            Argument(name: try reader.text("stage.argument"), value: try reader.text("stage.value"))
        }
        place = try reader.text("stage.place")
        data = try reader.blob()
    }
}
