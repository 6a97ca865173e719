import ArgumentParser
import Reports

/// `waf-ctl conn`
struct Connections: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conn", abstract: "Lists open WebSockets, or ends one.",
        subcommands: [ConnectionList.self, ConnectionClose.self])
}

/// `waf-ctl conn list`
struct ConnectionList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists open WebSockets, a page of them.")

    @Option(help: ArgumentHelp("Where to begin: what the page before named as next.", valueName: "place"))
    var from: String?

    @Option(help: ArgumentHelp("Connections of a page, 1 to 1000.", valueName: "n"))
    var limit = 100

    @OptionGroup var control: ControlOptions

    func validate() throws {
        guard (1...1_000).contains(limit) else {
            throw ValidationError("--limit takes 1 to 1000, found \(limit)")
        }
    }

    func run() throws {
        var request = ControlRequest("conn list")
        request.from = from
        request.limit = String(limit)
        try control.perform(request, as: ConnectionsAnswer.self) { answer in
            var table = TextTable(header: [
                "id", "client", "host", "path", "subprotocol", "age", "in", "out", "bytes in", "bytes out", "deflate",
            ])
            for connection in answer.connections {
                table.add([
                    connection.id, connection.client, connection.host.printable, connection.path.printable,
                    connection.subprotocol.isEmpty ? "-" : connection.subprotocol,
                    Uptime.text(seconds: connection.age_seconds), "\(connection.messages_from_client)",
                    "\(connection.messages_from_server)", "\(connection.bytes_from_client)",
                    "\(connection.bytes_from_server)", connection.compressed ? "yes" : "no",
                ])
            }
            print(table.text)
            if let next = answer.next { print("more: waf-ctl conn list --from \(next)") }
        }
    }
}

/// `waf-ctl conn close ID`
struct ConnectionClose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Ends a WebSocket with close code 1008.")

    @Argument(help: "The id that the list and the log (unique_id) name.")
    var id: String

    @OptionGroup var control: ControlOptions

    func run() throws {
        var request = ControlRequest("conn close")
        request.id = id
        try control.perform(request, as: Outcome.self) { _ in print("closed") }
    }
}
