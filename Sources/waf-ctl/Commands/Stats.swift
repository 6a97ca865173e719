import ArgumentParser

/// `waf-ctl stats`
struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows all counters, of each worker and in sum.")

    @OptionGroup var control: ControlOptions

    func run() throws {
        try control.perform(ControlRequest("stats"), as: StatsAnswer.self) { answer in
            var table = TextTable(header: ["counter", "total"] + answer.workers.map { "worker \($0.slot)" })
            for name in answer.total.keys.sorted() {
                let values = [answer.total[name]] + answer.workers.map { $0.counters[name] }
                table.add([name] + values.map { $0.map { String($0) } ?? "-" })
            }
            print(table.text)
        }
    }
}
