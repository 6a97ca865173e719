// The worker's end of its ring. Never waits: what does not fit is the caller's to count.

package import Bytes
package import Posix

/// Appends lines; there is one writer of a ring at a time.
package struct LineRingWriter: ~Copyable {
    package enum Outcome: Equatable, Sendable {
        case written
        /// The reader is behind.
        case full
        /// Longer than ``JournalLimits/maxRecordBytes``.
        case tooLong
    }

    private let memory: SharedRingMemory
    /// Rung when the reader sleeps, or the ring gets half full.
    private let bell: EventDescriptor
    private var header = ByteBuffer()
    private var written: UInt64

    /// Goes on where the writer before has left off.
    package init(ring: borrowing Descriptor, bell: consuming EventDescriptor) throws(SystemError) {
        let mapped = try SharedRingMemory(of: ring.number)
        written = mapped.load(.written)
        memory = mapped
        self.bell = bell
    }

    /// - Parameter line: Without its line feed, which is added.
    package mutating func append(_ line: ByteView, to file: LogFileNumber) -> Outcome {
        let lineBytes = line.count + 1
        guard lineBytes <= JournalLimits.maxRecordBytes else { return .tooLong }
        let size = UInt64(LineRing.recordBytes(lineBytes))
        let capacity = UInt64(memory.capacityBytes)
        // A reader that claims to be ahead is broken: the ring counts as full until it is right again.
        let (used, overflow) = written.subtractingReportingOverflow(memory.load(.taken))
        guard !overflow, used <= capacity, size <= capacity - used else { return .full }
        header.removeAll(keepingCapacity: true)
        let length = UInt32(lineBytes)
        header.append(littleEndian: length)
        header.append(littleEndian: LineRing.check(lineBytes: length, file: file))
        header.append(littleEndian: file.value)
        header.append(line)
        header.append(ASCII.lineFeed)
        memory.write(header.view, at: written)
        if header.allocatedBytes > JournalLimits.keptLineBytes { header.removeAll(keepingCapacity: false) }
        written += size
        memory.store(written, in: .written)
        let hasCrossedHalf = used <= capacity / 2 && used + size > capacity / 2
        // The reader says that it waits, and then looks once more: one of the two sees the other.
        if memory.load(.waiting) != 0 || hasCrossedHalf {
            memory.store(0, in: .waiting)
            bell.ring()
        }
        return .written
    }
}
