import Glibc
import Metrics
import Posix
import Testing

@Suite("Counters: what is no slab of this build is refused") struct StatsDamageTests {
    static let rowBytes = UInt64(StatsLayout.rowBytes(pageBytes: SharedPages.pageBytes))
    static let page = SharedPages.pageBytes

    /// The header of a right slab with two rows.
    static let header: [UInt64] = [
        StatsLayout.magic, StatsLayout.version, UInt64(Counter.allCases.count), 2, rowBytes,
        CounterCatalogue.fingerprint,
    ]

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var cell = 0
        var value: UInt64 = StatsLayout.magic
        var extraBytes = 0
        var seals = SealedMemory.Seals.fixedSize
        var want: StatsError?
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "a right slab"),
        Row(name: "sealed for good", seals: [.fixedSize, .furtherSeals]),
        Row(name: "unsealed", seals: [], want: .unsealed),
        Row(name: "may shrink", seals: .growing, want: .unsealed),
        Row(name: "may grow", seals: .shrinking, want: .unsealed),
        Row(name: "magic", cell: 0, value: 0, want: .notAStatsSlab),
        Row(
            name: "older layout", cell: 1, value: 0,
            want: .layoutMismatch(field: "layout version", found: 0, expected: 1)),
        Row(
            name: "newer layout", cell: 1, value: 2,
            want: .layoutMismatch(field: "layout version", found: 2, expected: 1)),
        Row(
            name: "one counter more", cell: 2, value: header[2] + 1,
            want: .layoutMismatch(field: "number of counters", found: header[2] + 1, expected: header[2])),
        Row(
            name: "no rows", cell: 3, value: 0,
            want: .layoutMismatch(field: "rows", found: 0, expected: 1_024)),
        Row(
            name: "too many rows", cell: 3, value: 1_025,
            want: .layoutMismatch(field: "rows", found: 1_025, expected: 1_024)),
        Row(
            name: "most rows possible", cell: 3, value: UInt64.max,
            want: .layoutMismatch(field: "rows", found: UInt64.max, expected: 1_024)),
        Row(
            name: "more rows than there are", cell: 3, value: 3,
            want: .wrongFileLength(found: 3 * page, expected: 4 * page)),
        Row(
            name: "longer rows", cell: 4, value: rowBytes * 2,
            want: .layoutMismatch(field: "bytes of a row", found: rowBytes * 2, expected: rowBytes)),
        Row(
            name: "other counters", cell: 5, value: 1,
            want: .layoutMismatch(field: "catalogue fingerprint", found: 1, expected: header[5])),
        Row(
            name: "a byte too long", extraBytes: 1,
            want: .wrongFileLength(found: 3 * page + 1, expected: 3 * page)),
        Row(
            name: "a byte too short", extraBytes: -1,
            want: .wrongFileLength(found: 3 * page - 1, expected: 3 * page)),
        Row(name: "only half a page", extraBytes: -3 * page + page / 2, want: .notAStatsSlab),
        Row(name: "empty", extraBytes: -3 * page, want: .notAStatsSlab),
    ]

    @Test(arguments: rows) func refusal(_ row: Row) throws {
        let file = try SealedMemory.create(name: "test")
        var header = Self.header
        header[row.cell] = row.value
        let bytes = 3 * Self.page + row.extraBytes
        unsafe header.withUnsafeBytes {
            unsafe _ = pwrite(file.number, $0.baseAddress, min($0.count, bytes), 0)
        }
        #expect(ftruncate(file.number, bytes) == 0)
        try SealedMemory.seal(file.number, row.seals)
        var errors: [StatsError?] = []
        do throws(StatsError) {
            _ = try StatsReader(descriptor: file.number)
            errors.append(nil)
        } catch { errors.append(error) }
        do throws(StatsError) {
            _ = try StatsRow(descriptor: file.number, slot: 0)
            errors.append(nil)
        } catch { errors.append(error) }
        #expect(errors == [row.want, row.want])
        for case let error? in errors { #expect(error.description.hasPrefix("stats slab: ")) }
    }

    @Test func whatIsNoMemoryFileIsRefused() throws {
        do throws(StatsError) {
            _ = try StatsReader(descriptor: STDERR_FILENO)
            Issue.record("mapped the standard error stream")
        } catch {
            guard case .system = error else {
                Issue.record("\(error)")
                return
            }
        }
    }
}
