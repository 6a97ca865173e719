// From the workers' rings to the files.

internal import Bytes
internal import Journal
internal import Posix

/// One ring a worker slot, which outlives its workers, and the bell that all of them ring.
final class LineCollector {
    private final class Ring {
        let memory: Descriptor
        var reader: LineRingReader

        init() throws(SystemError) {
            memory = try LineRing.create()
            reader = try LineRingReader(ring: memory)
        }
    }

    let files = LineFiles()
    private let rings: [Ring]
    private let bell: EventDescriptor
    private var line = ByteBuffer()
    /// When the rings are looked at again; nil: when the bell rings, for which the first look asks.
    private(set) var wakeAt: Int64? = 0
    private var reportedLostLines = 0
    private var reportedDamages = 0
    private var reportAt: Int64 = 0

    init(slotCount: Int) throws(SystemError) {
        var rings: [Ring] = []
        for _ in 0..<slotCount { rings.append(try Ring()) }
        self.rings = rings
        bell = try EventDescriptor()
    }

    /// What a worker is given.
    func ringNumber(ofSlot slot: Int) -> Int32 { rings[slot].memory.number }
    var bellNumber: Int32 { bell.number }

    func bellRang(_ now: Int64) {
        bell.clear()
        drain(now)
    }

    /// Writes what is in the rings, not more than they hold at once, so that no worker keeps the
    /// master from its other work.
    func drain(_ now: Int64) {
        var hasTaken = false
        for ring in rings where takeLines(of: ring) { hasTaken = true }
        files.flush()
        // While lines come they are taken a batch at a time; only then is the bell asked for.
        wakeAt = hasTaken || !isWaiting ? now + SupervisorLimits.linePause : nil
    }

    func tick(_ now: Int64) {
        if let wakeAt, wakeAt <= now { drain(now) }
    }

    /// What has to be told about lines that are lost, at most once a second.
    func takeComplaint(_ now: Int64) -> String? {
        let damages = rings.reduce(0) { $0 + $1.reader.damages }
        guard now >= reportAt, files.lostLines > reportedLostLines || damages > reportedDamages else { return nil }
        reportAt = now + 1_000
        defer {
            reportedLostLines = files.lostLines
            reportedDamages = damages
        }
        if damages > reportedDamages { return "a worker's ring of log lines was damaged, lines are lost" }
        return "\(files.lostLines - reportedLostLines) log lines are lost: \(files.lastFault)"
    }

    private func takeLines(of ring: Ring) -> Bool {
        var taken = 0
        while taken < JournalLimits.ringBytes {
            line.removeAll(keepingCapacity: line.allocatedBytes <= 64 << 10)
            guard let file = ring.reader.next(into: &line) else { break }
            files.append(line.view, to: file)
            taken += line.count
        }
        return taken > 0
    }

    private var isWaiting: Bool {
        var isWaiting = true
        for ring in rings where !ring.reader.wait() { isWaiting = false }
        return isWaiting
    }
}
