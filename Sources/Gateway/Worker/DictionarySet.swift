// The shared dictionaries as this worker has mapped them.

internal import Metrics
internal import Posix
internal import SharedDictionary
internal import SharedState

/// Opened once, before the first generation; a reload does not change them.
final class DictionarySet {
    private let writer: Int
    private var tables: [String: EntryTable] = [:]
    /// What has been added to the counters already.
    private var counted = TableStatistics()

    /// - Parameter writer: The worker's slot.
    init(writer: Int) { self.writer = writer }

    func open(_ names: [String], _ descriptors: inout DescriptorList) throws(TableError) {
        for (index, name) in names.enumerated() {
            guard let file = descriptors.take(at: index) else { continue }
            tables[name] = try EntryTable(descriptor: file.number, writer: writer)
        }
    }

    /// Where stages count and keep bans.
    ///
    /// - Parameter name: nil: the usual place.
    func counting(in name: String?) -> EntryTable? { tables[name ?? BanList.dictionary(among: tables.keys)] }

    subscript(name: String) -> EntryTable? { tables[name] }

    /// Where rules keep what outlives a transaction.
    var collections: EntryTable? { tables[DictionarySettings.collectionsName] }

    /// Brings the worker's counters up to date.
    func count(in stats: borrowing StatsRow) {
        var sum = TableStatistics()
        for table in tables.values {
            sum.insertions += table.statistics.insertions
            sum.evictions += table.statistics.evictions
            sum.refusals += table.statistics.refusals
        }
        guard sum != counted else { return }
        stats.add(.dictionaryInsertions, sum.insertions - counted.insertions)
        stats.add(.dictionaryEvictions, sum.evictions - counted.evictions)
        stats.add(.dictionaryRefusals, sum.refusals - counted.refusals)
        counted = sum
    }
}
