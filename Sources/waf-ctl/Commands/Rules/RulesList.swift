import ArgumentParser
import Reports

/// `waf-ctl rules list`
struct RulesList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists rules: id, phase, severity, place, message, tags.")

    @Option(help: ArgumentHelp("Only these: 942100, or 942100-942999.", valueName: "ids"))
    var id: String?

    @Option(help: ArgumentHelp("Only those of this phase, 1 to 5.", valueName: "phase"))
    var phase: Int?

    @Option(help: ArgumentHelp("Only those with this tag; `*` at its end stands for any rest.", valueName: "tag"))
    var tag: String?

    @OptionGroup var offline: RuleSourceOptions
    @OptionGroup var chosen: RuleSetOptions
    @OptionGroup var control: ControlOptions

    func validate() throws {
        guard id == nil || id.flatMap({ RuleFilter.ids($0) }) != nil else {
            throw ValidationError("--id takes an id or a range of ids, found `\(id ?? "")`")
        }
        guard phase.map({ (1...5).contains($0) }) ?? true else {
            throw ValidationError("--phase takes 1 to 5")
        }
    }

    func run() throws {
        let filter = RuleFilter(ids: id.flatMap { RuleFilter.ids($0) }, phase: phase, tag: tag)
        let (totals, rules) = try RuleSource(control, offline, chosen).rules()
        let shown = rules.filter { filter.admits($0) }
        guard !control.json else {
            let members: [(String, JSONValue)] = [
                ("ok", .boolean(true)), ("totals", totals.json), ("rules", .array(shown.map(\.json))),
            ]
            print(JSONValue.object(members).line)
            return
        }
        if !shown.isEmpty { print(RuleText.list(shown) + "\n") }
        print("\(shown.count) of \(Count.text(rules.count, "rule"))")
    }
}
