import ArgumentParser

/// `waf-ctl version`
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Shows the version of the running master.")

    @OptionGroup var control: ControlOptions

    func run() throws {
        try control.perform(ControlRequest("version"), as: VersionAnswer.self) { answer in
            print("wafd \(answer.version)")
        }
    }
}
