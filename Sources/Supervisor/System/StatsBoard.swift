// The workers' counters, as the master keeps and reads them.

internal import Metrics
internal import Reports

/// The slab and a view of it.
final class StatsBoard {
    private let slab: StatsSlab
    private let reader: StatsReader

    init(workerCount: Int) throws(StatsError) {
        let made = try StatsSlab(rowCount: workerCount)
        reader = try made.reader()
        slab = made
    }

    /// What workers are given.
    var descriptorNumber: Int32 { slab.descriptor }

    /// A dead worker can not take its gauges back.
    func workerGone(slot: Int) { slab.clearAfterDeath(slot: slot) }

    /// All counters of all slots with the memory of each slot's process, and the counters' sum.
    var members: [(String, JSONValue)] {
        let rows = reader.rows
        let workers = rows.enumerated().map { slot, row in
            let memory = row.processID > 0 ? ProcessMemory.proportionalKilobytes(ofProcess: row.processID) : nil
            return JSONValue.object([
                ("slot", .integer(slot)), ("pid", .integer(Int(row.processID))),
                ("pss_kb", memory.map { .integer($0) } ?? .null),
                ("counters", Self.counters(row)),
            ])
        }
        return [("total", Self.counters(.total(of: rows))), ("workers", .array(workers))]
    }

    private static func counters(_ values: StatsValues) -> JSONValue {
        .object(Counter.allCases.map { (CounterCatalogue.definition(of: $0).name, .counter(values[$0])) })
    }
}
