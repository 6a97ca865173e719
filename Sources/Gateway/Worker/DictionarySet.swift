// The shared dictionaries as this worker has mapped them.

internal import Bytes
internal import Metrics
internal import Posix
internal import SharedDictionary
internal import SharedState

/// Opened once, before the first generation; a reload does not change them.
final class DictionarySet {
    private let writer: Int
    private var tables: [String: EntryTable] = [:]
    /// Those that other machines share.
    private var shares: [String: RedisShare] = [:]
    let redis = RedisDesk()
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

    /// Dictionaries come first.
    func share(_ name: String, _ settings: RedisSettings) {
        guard let table = tables[name], shares[name] == nil else { return }
        // The library writes by write(2).
        BrokenPipeSignal.ignore()
        let share = RedisShare(settings, dictionary: name, table: table)
        shares[name] = share
        redis.add(share, of: name)
    }

    /// A limit in the dictionary of that name, or of the usual one; nil when there is none.
    func meter(_ limit: FloodLimit, zone: String, in name: String? = nil) -> FloodMeter? {
        let name = name ?? BanList.dictionary(among: tables.keys)
        return tables[name].map { FloodMeter(limit, zone: zone, in: $0, telling: shares[name]?.flood) }
    }

    /// The bans of the dictionary of that name, or of the usual one; nil when there is none.
    func bans(in name: String? = nil) -> BanList? {
        let name = name ?? BanList.dictionary(among: tables.keys)
        return tables[name].map { BanList(in: $0, telling: shares[name]?.bans) }
    }

    /// The master's ban lies in the memory already.
    func tellBan(_ name: String, key: ByteView, end: Int64) { shares[name]?.bans.note(key: key, end: end) }

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
