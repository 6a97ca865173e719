// The options that every verb has.

import ArgumentParser

struct ControlOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The master's control socket.", valueName: "path"))
    var socket = "/run/wafd/control.sock"

    @Option(help: ArgumentHelp("Seconds to wait for an answer.", valueName: "seconds"))
    var timeout = 60

    @Flag(help: "Print the master's answer as it is.")
    var json = false

    func validate() throws {
        guard (1...86_400).contains(timeout) else {
            throw ValidationError("--timeout takes 1 to 86400 seconds, found \(timeout)")
        }
    }

    /// Asks, prints the answer as JSON or by `print`, and fails when the master refused.
    func perform<A: Decodable>(_ request: ControlRequest, as type: A.Type, print show: (A) -> Void) throws {
        let answer = try ControlConnection.ask(request, socket: socket, timeoutSeconds: timeout)
        if json { print(answer) }
        let outcome = try Answer.decode(Outcome.self, answer)
        guard outcome.ok else {
            if json { throw ExitCode(1) }
            throw ControlFailure.refused(outcome.lines)
        }
        if !json { show(try Answer.decode(A.self, answer)) }
    }
}
