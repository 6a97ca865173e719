// Pipelines with the counters of their stages, as JSON.

internal import Pipeline
internal import Reports
internal import RuleStore

enum StageAnswer {
    /// - Parameter counters: Of all stages, pipeline by pipeline.
    static func value(_ pipelines: [PipelinePolicy], _ counters: [StageCounters]) -> JSONValue {
        var place = 0
        let values = pipelines.map { pipeline in
            var stages: [JSONValue] = []
            append(pipeline.links, branch: "", counters, &place, to: &stages)
            return JSONValue.object([("name", .string(pipeline.name)), ("stages", .array(stages))])
        }
        return ControlAnswer.done([("pipelines", .array(values))])
    }

    /// - Parameter branch: `2` for the second branch of a `parallel`; empty outside.
    private static func append(
        _ links: [PipelineLink], branch: String, _ counters: [StageCounters], _ place: inout Int,
        to stages: inout [JSONValue]
    ) {
        for link in links {
            switch link {
            case .stage(let stage):
                let own = place < counters.count ? counters[place] : StageCounters()
                place += 1
                let arguments = stage.arguments.map { $0.name.isEmpty ? $0.value : "\($0.name)=\($0.value)" }
                stages.append(
                    .object([
                        ("stage", .string(stage.name)), ("arguments", .strings(arguments)),
                        ("place", .string(stage.place)), ("branch", .string(branch)),
                        ("pushes", .counter(UInt64(clamping: own.pushes))),
                        ("blocks", .counter(UInt64(clamping: own.blocks))),
                        ("notes", .counter(UInt64(clamping: own.notes))),
                        ("waits", .counter(UInt64(clamping: own.suspensions))),
                        ("timeouts", .counter(UInt64(clamping: own.timeouts))),
                        ("nanoseconds", .counter(UInt64(clamping: own.nanoseconds))),
                    ]))
            case .parallel(let branches):
                for (number, links) in branches.enumerated() {
                    append(links, branch: "\(number + 1)", counters, &place, to: &stages)
                }
            }
        }
    }
}
