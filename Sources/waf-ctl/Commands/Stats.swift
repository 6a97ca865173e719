import ArgumentParser
import Reports

/// `waf-ctl stats`
struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows all counters and the memory of each worker, and their sums.")

    @OptionGroup var control: ControlOptions

    func run() throws {
        try control.perform(ControlRequest("stats"), as: StatsAnswer.self) { answer in
            var table = TextTable(header: ["counter", "total"] + answer.workers.map { "worker \($0.slot)" })
            for name in answer.total.keys.sorted() {
                let values = [answer.total[name]] + answer.workers.map { $0.counters[name] }
                table.add([name] + values.map { $0.map { String($0) } ?? "-" })
            }
            let memory = answer.workers.map(\.pss_kb)
            let total = memory.contains(nil) ? nil : memory.reduce(0) { $0 + ($1 ?? 0) }
            table.add(["memory KB"] + ([total] + memory).map { $0.map { String($0) } ?? "-" })
            print(table.text)
        }
    }
}
