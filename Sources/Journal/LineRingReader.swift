// The master's end of a worker's ring. The worker is not trusted: whatever it writes there, the
// reader copies no more than the ring holds and stays inside it.

package import Bytes
package import Posix

/// Takes lines out; there is one reader of a ring.
package struct LineRingReader: ~Copyable {
    private let memory: SharedRingMemory
    private var taken: UInt64
    /// Records that made no sense; the ring was emptied each time.
    package private(set) var damages = 0

    package init(ring: borrowing Descriptor) throws(SystemError) {
        let mapped = try SharedRingMemory(of: ring.number)
        taken = mapped.load(.taken)
        memory = mapped
    }

    /// Takes the next line and appends it to `buffer`, with its line feed.
    ///
    /// - Returns: The file that it goes to; nil when there is none.
    package mutating func next(into buffer: inout ByteBuffer) -> LogFileNumber? {
        while let (file, lineBytes) = nextRecord() {
            let start = buffer.count
            memory.read(lineBytes, at: taken + UInt64(LineRing.headerBytes), into: &buffer)
            taken += UInt64(LineRing.recordBytes(lineBytes))
            memory.store(taken, in: .taken)
            // A line is one line, whoever has written it.
            if buffer.view[start...].firstIndex(of: ASCII.lineFeed) == lineBytes - 1 { return file }
            buffer.truncate(to: start)
            damages += 1
        }
        return nil
    }

    private mutating func nextRecord() -> (LogFileNumber, lineBytes: Int)? {
        let written = memory.load(.written)
        guard written != taken else { return nil }
        let (available, overflow) = written.subtractingReportingOverflow(taken)
        guard !overflow, available <= UInt64(memory.capacityBytes), available >= UInt64(LineRing.headerBytes)
        else { return resume(at: written) }
        var header = ByteBuffer()
        memory.read(LineRing.headerBytes, at: taken, into: &header)
        let length = header.view.loadUInt32(at: 0)
        let file = LogFileNumber(value: header.view.loadUInt64(at: 8))
        guard length > 0, length <= UInt32(JournalLimits.maxRecordBytes),
            header.view.loadUInt32(at: 4) == LineRing.check(lineBytes: length, file: file),
            UInt64(LineRing.recordBytes(Int(length))) <= available
        else { return resume(at: written) }
        return (file, Int(length))
    }

    /// Has the writer ring from the next line on.
    ///
    /// - Returns: false when lines have come meanwhile: they are to be taken first.
    package func wait() -> Bool {
        memory.store(1, in: .waiting)
        return memory.load(.written) == taken
    }

    private mutating func resume(at written: UInt64) -> (LogFileNumber, lineBytes: Int)? {
        damages += 1
        taken = written
        memory.store(taken, in: .taken)
        return nil
    }
}
