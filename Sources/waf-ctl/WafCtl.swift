// The operator's tool: asks the running master over its control socket.

import ArgumentParser

@main
struct WafCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waf-ctl",
        abstract: "Controls a running wafd; reads rules and judges captured requests without one.",
        discussion: """
            Exit status: 0 done, 1 failed or invalid, 2 usage, 3 wafd is not reachable or does not answer.
            """,
        subcommands: [
            Status.self, Stats.self, Reload.self, Test.self, Rules.self, Run.self, Config.self, Connections.self,
            Pipelines.self, BanCommand.self, Unban.self, BanTable.self, VersionCommand.self,
        ])

    /// ArgumentParser ends with EX_USAGE; ours is 2.
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard !arguments.isEmpty else {
            StandardError.print(helpMessage())
            endProcess(2)
        }
        do {
            var command = try parseAsRoot(ArgumentOrder.verbFirst(arguments))
            try command.run()
        } catch let failure as ControlFailure {
            StandardError.print("waf-ctl: \(failure)")
            endProcess(failure.exitStatus)
        } catch {
            let status = exitCode(for: error)
            let text = fullMessage(for: error)
            if status.isSuccess {
                print(text)
            } else if !text.isEmpty {
                StandardError.print(text)
            }
            endProcess(status == .validationFailure ? 2 : status.rawValue)
        }
    }
}
