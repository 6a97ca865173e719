import Glibc
import Metrics
import Posix
import Testing

@Suite("Counters: the slab in shared memory") struct StatsSlabTests {
    @Test func aRowIsSeenThroughEveryMapping() throws {
        let slab = try StatsSlab(rowCount: 3)
        let reader = try slab.reader()
        let other = try StatsReader(descriptor: slab.descriptor)
        #expect(reader.rowCount == 3 && slab.rowCount == 3)
        let row = try StatsRow(descriptor: slab.descriptor, slot: 1)
        row.add(.requests)
        row.add(.requests, 41)
        row.add(.connectionsOpen, 5)
        row.add(.connectionsOpen, -2)
        row.set(.generation, 7)
        #expect(row.value(.requests) == 42)
        for values in [reader.row(1), other.row(1)] {
            #expect(values[.requests] == 42)
            #expect(values[.connectionsOpen] == 3)
            #expect(values[.generation] == 7)
            #expect(values.processID == getpid() && values.processCount == 1)
            #expect(values.startUnixMilliseconds > 1_600_000_000_000)
        }
        #expect(reader.row(0) == StatsValues() && reader.row(2) == StatsValues())
    }

    /// Each counter has a place of its own, in its own row.
    @Test func noCounterTouchesAnother() throws {
        let slab = try StatsSlab(rowCount: 2)
        let reader = try slab.reader()
        for slot in 0..<2 {
            let row = try StatsRow(descriptor: slab.descriptor, slot: slot)
            for counter in Counter.allCases { row.add(counter, 1_000 * slot + counter.rawValue + 1) }
        }
        for slot in 0..<2 {
            let values = reader.row(slot)
            for counter in Counter.allCases {
                #expect(values[counter] == UInt64(1_000 * slot + counter.rawValue + 1))
            }
        }
    }

    @Test func aRowOutlivesItsWorker() throws {
        let slab = try StatsSlab(rowCount: 1)
        let reader = try slab.reader()
        do {
            let row = try StatsRow(descriptor: slab.descriptor, slot: 0)
            for counter in Counter.allCases { row.add(counter, 10) }
        }
        slab.clearAfterDeath(slot: 0)
        let dead = reader.row(0)
        #expect(dead.processID == 0 && dead.processCount == 1)
        for counter in Counter.allCases {
            let isGauge = CounterCatalogue.definition(of: counter).kind == .gauge
            #expect(dead[counter] == (isGauge ? 0 : 10))
        }
        let row = try StatsRow(descriptor: slab.descriptor, slot: 0)
        row.add(.requests)
        #expect(reader.row(0)[.requests] == 11)
        #expect(reader.row(0).processID == getpid() && reader.row(0).processCount == 2)
    }

    /// Counting in one process is seen in another.
    @Test func acrossProcesses() async throws {
        await #expect(processExitsWith: .success) {
            let slab = try StatsSlab(rowCount: 1)
            let row = try StatsRow(descriptor: slab.descriptor, slot: 0)
            row.add(.requests, 5)
            // `test` reads the cell's byte from the memory file that it inherits.
            let copy = clearCloseOnExec(slab.descriptor)
            let offset = sysconf(Int32(_SC_PAGESIZE)) + Counter.requests.cell * 8
            let script = "test $(od -An -j\(offset) -N8 -tu8 /proc/self/fd/\(copy)) -eq 5"
            precondition(unsafe system(script) == 0, "another process does not see the count")
        }
    }

    @Test func totals() throws {
        let slab = try StatsSlab(rowCount: 3)
        let reader = try slab.reader()
        for (slot, generation) in [(0, 9), (1, 8)] {
            let row = try StatsRow(descriptor: slab.descriptor, slot: slot)
            row.add(.requests, 100 + slot)
            row.add(.connectionsOpen, 2)
            row.set(.generation, UInt64(generation))
        }
        #expect(reader.total[.requests] == 201)
        #expect(reader.total[.connectionsOpen] == 4)
        // The empty slot does not count as generation 0.
        #expect(reader.total[.generation] == 8)
        #expect(reader.total.processCount == 2)
        slab.clearAfterDeath(slot: 1)
        #expect(reader.total[.requests] == 201)
        #expect(reader.total[.generation] == 9)
        #expect(StatsValues.total(of: []) == StatsValues())
    }

    @Test func theSizeCanNotChange() throws {
        let slab = try StatsSlab(rowCount: 1)
        #expect(try SealedMemory.seals(of: slab.descriptor) == [.fixedSize, .furtherSeals])
        #expect(ftruncate(slab.descriptor, 0) == -1 && errno == EPERM)
    }

    @Test(arguments: [
        (Int.min, false), (-1, false), (0, false), (1, true), (StatsLayout.maxRows, true),
        (StatsLayout.maxRows + 1, false), (Int.max, false),
    ])
    func rowLimits(count: Int, isMade: Bool) throws {
        do throws(StatsError) {
            let slab = try StatsSlab(rowCount: count)
            #expect(isMade)
            #expect(slab.rowCount == count)
        } catch {
            #expect(!isMade && error == .wrongRowCount(count, limit: StatsLayout.maxRows))
        }
    }

    @Test(arguments: [-1, 2, Int.max, Int.min]) func noSuchRow(slot: Int) throws {
        let slab = try StatsSlab(rowCount: 2)
        do throws(StatsError) {
            _ = try StatsRow(descriptor: slab.descriptor, slot: slot)
            Issue.record("took row \(slot)")
        } catch {
            #expect(error == .noSuchRow(slot, rowCount: 2))
        }
    }
}

/// A copy of a descriptor that a child process inherits.
func clearCloseOnExec(_ descriptor: Int32) -> Int32 { dup(descriptor) }
