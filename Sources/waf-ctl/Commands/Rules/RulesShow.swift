import ArgumentParser
import Reports

/// `waf-ctl rules show`
struct RulesShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows one rule as it was compiled.",
        discussion: """
            Targets are those after all updates. Lists of transformations are paths in a tree that all rules \
            of a set share; its nodes are numbered.
            """)

    @Argument(help: "The rule's id.")
    var id: UInt32

    @OptionGroup var offline: RuleSourceOptions
    @OptionGroup var chosen: RuleSetOptions
    @OptionGroup var control: ControlOptions

    func run() throws {
        let (rule, near) = try RuleSource(control, offline, chosen).rule(id)
        if control.json {
            let members: [(String, JSONValue)] = [
                ("ok", .boolean(rule != nil)), ("rule", rule?.json ?? .null),
                ("near", .array(near.map { .integer(Int($0)) })),
            ]
            print(JSONValue.object(members).line)
        }
        guard let rule else {
            if control.json { throw ExitCode(1) }
            let nearest = near.map(String.init).joined(separator: ", ")
            throw ControlFailure.refused(["no rule \(id)" + (near.isEmpty ? "" : "; the next ids are \(nearest)")])
        }
        if !control.json { print(RuleText.page(rule)) }
    }
}
