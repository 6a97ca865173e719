import ArgumentParser
import Reports

/// `waf-ctl pipeline`
struct Pipelines: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline", abstract: "Shows the chains of stages in force.",
        subcommands: [PipelineShow.self])
}

/// `waf-ctl pipeline show`
struct PipelineShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Draws each chain, with what its stages have done since the last reload.")

    @Argument(help: "That pipeline alone.")
    var name: String?

    @OptionGroup var control: ControlOptions

    func run() throws {
        try control.perform(ControlRequest("pipeline show"), as: PipelinesAnswer.self) { answer in
            for pipeline in answer.pipelines where name == nil || pipeline.name == name {
                print(pipeline.drawing)
            }
        }
    }
}

struct PipelinesAnswer: Decodable {
    struct Stage: Decodable {
        var stage: String
        var arguments: [String]
        var place: String
        var branch: String
        var pushes: UInt64
        var blocks: UInt64
        var notes: UInt64
        var waits: UInt64
        var timeouts: UInt64
        var nanoseconds: UInt64
    }

    struct Pipeline: Decodable {
        var name: String
        var stages: [Stage]

        /// One stage below the other; stages of branches stand further in.
        var drawing: String {
            var table = TextTable(header: [
                "pipeline \(name)", "seen", "stopped", "noted", "waited", "timed out", "mean",
            ])
            var last = ""
            for stage in stages {
                let mark = stage.branch.isEmpty ? "" : stage.branch == last ? "  |  " : "  +- "
                last = stage.branch
                let mean = stage.pushes == 0 ? 0 : stage.nanoseconds / stage.pushes
                table.add([
                    mark + ([stage.stage] + stage.arguments).joined(separator: " "), "\(stage.pushes)",
                    "\(stage.blocks)", "\(stage.notes)", "\(stage.waits)", "\(stage.timeouts)",
                    "\(mean / 1_000).\(mean % 1_000 / 100) us",
                ])
            }
            return table.text
        }
    }

    var pipelines: [Pipeline]
}
