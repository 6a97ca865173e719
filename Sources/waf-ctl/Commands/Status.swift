import ArgumentParser
import Reports

/// `waf-ctl status`
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Shows the master and its workers.")

    @OptionGroup var control: ControlOptions

    func run() throws {
        try control.perform(ControlRequest("status"), as: StatusAnswer.self) { answer in
            let uptime = Uptime.text(seconds: answer.uptime_seconds)
            let addresses = answer.listeners.isEmpty ? "nothing" : answer.listeners.joined(separator: ", ")
            print("wafd \(answer.version), process \(answer.pid), \(answer.state), up \(uptime)")
            print("configuration \(answer.configuration), generation \(answer.generation)")
            print("listening on \(addresses)")
            print("")
            var table = TextTable(header: [
                "worker", "process", "state", "generation", "restarts", "memory KB",
            ])
            for worker in answer.workers {
                table.add([
                    "\(worker.slot)", worker.pid.map(String.init) ?? "-", worker.state,
                    worker.generation.map(String.init) ?? "-", "\(worker.restarts)",
                    worker.pss_kb.map(String.init) ?? "-",
                ])
            }
            print(table.text)
        }
    }
}
