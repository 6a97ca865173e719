import ArgumentParser

/// `waf-ctl reload`
struct Reload: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads the configuration and the rules again.",
        discussion: """
            Waits until every worker uses them. If anything is wrong, all errors are printed, and what was \
            in force stays in force.
            """)

    enum Scope: String, ExpressibleByArgument, CaseIterable {
        /// The rule files of the configuration in force.
        case rules
        /// The configuration and the rule files that it names.
        case config
    }

    @Argument(help: "What is read again: config (with its rules), or rules only.")
    var scope = Scope.config

    @OptionGroup var control: ControlOptions

    func run() throws {
        let request = ControlRequest("reload", scope: scope.rawValue)
        try control.perform(request, as: ReloadAnswer.self) { answer in
            for line in answer.warnings { StandardError.print(line) }
            print("generation \(answer.generation) is in force")
        }
    }
}
