import ArgumentParser

/// `waf-ctl test`
struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Has the master check the configuration and the rules on disk; nothing changes.")

    @OptionGroup var control: ControlOptions

    func run() throws {
        try control.perform(ControlRequest("test"), as: TestAnswer.self) { answer in
            for line in answer.warnings { StandardError.print(line) }
            print("the configuration and the rules on disk are valid")
        }
    }
}
