import ArgumentParser
import Configuration
import Reports

/// `waf-ctl config`
struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells what a configuration may say.", subcommands: [ConfigDirectives.self])
}

/// `waf-ctl config directives`
struct ConfigDirectives: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directives",
        abstract: "Prints the directives: syntax, meaning, default, where they may stand.",
        discussion: "Needs no wafd.")

    @Argument(help: "Only directives whose name holds this text.")
    var text: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let rows = DirectiveTable.rows.filter { $0.name.spelling.holds(text ?? "") }
        guard !rows.isEmpty else {
            throw ControlFailure.refused(["no directive's name holds \"\(text ?? "")\""])
        }
        guard json else {
            print(DirectiveTable.text(of: rows), terminator: "")
            return
        }
        let members: [(String, JSONValue)] = [
            ("ok", .boolean(true)), ("directives", .array(rows.map(Self.value))),
        ]
        print(JSONValue.object(members).line)
    }

    private static func value(_ row: DirectiveDefinition) -> JSONValue {
        let most = row.argumentCount.upperBound
        return .object([
            ("name", .string(row.name.spelling)), ("syntax", .string(row.syntax.shape)),
            ("is_block", .boolean(!row.kind.isSimple)),
            ("contexts", .strings(row.contexts.map(\.rawValue))),
            ("least_arguments", .integer(row.argumentCount.lowerBound)),
            ("most_arguments", most == .max ? .null : .integer(most)),
            ("is_repeatable", .boolean(row.isRepeatable)), ("default", .string(row.defaultText)),
            ("help", .string(row.help)),
        ])
    }
}

extension String {
    fileprivate func holds(_ part: String) -> Bool {
        part.isEmpty || utf8.indices.contains { utf8[$0...].starts(with: part.utf8) }
    }
}
