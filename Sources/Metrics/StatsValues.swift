// The numbers of one worker, or of all, at one moment.

/// A copy of a row.
package struct StatsValues: Equatable, Sendable {
    /// 0 when no process has the row, and in a sum.
    package var processID: Int32 = 0
    /// When the process took the row; 0 in a sum.
    package var startUnixMilliseconds: UInt64 = 0
    /// How many processes have had the row.
    package var processCount: UInt64 = 0
    /// By ``Counter``'s raw value.
    private var values: [UInt64]

    package init() { values = [UInt64](repeating: 0, count: Counter.allCases.count) }

    package subscript(counter: Counter) -> UInt64 {
        get { values[counter.rawValue] }
        set { values[counter.rawValue] = newValue }
    }

    /// Rows put together as the catalogue says.
    package static func total(of rows: [StatsValues]) -> StatsValues {
        var total = StatsValues()
        for row in rows { total.processCount &+= row.processCount }
        for counter in Counter.allCases {
            switch CounterCatalogue.definition(of: counter).aggregation {
            case .sum:
                total[counter] = rows.reduce(0) { $0 &+ $1[counter] }
            case .lowest:
                total[counter] = rows.filter { $0.processID != 0 }.map { $0[counter] }.min() ?? 0
            }
        }
        return total
    }
}
