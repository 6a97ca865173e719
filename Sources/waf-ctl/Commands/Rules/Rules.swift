import ArgumentParser

/// `waf-ctl rules`
struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists, shows and verifies rules.",
        discussion: """
            list and show ask the running wafd for the rules in force; with --rules or --configuration they \
            compile files instead, and need no wafd.
            """,
        subcommands: [RulesList.self, RulesShow.self, RulesVerify.self])
}
