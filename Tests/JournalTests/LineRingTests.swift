// The ring between a worker and its master.

import Bytes
import Glibc
import Posix
import Synchronization
import Testing

@testable import Journal

@Suite("Line ring: one writer, one reader, no waiting") struct LineRingTests {
    /// Both ends of a ring of one page, which lines of a test fill soon.
    final class Ends {
        let memory: Descriptor
        var writer: LineRingWriter
        var reader: LineRingReader
        let bell: EventDescriptor
        static let capacity = SharedPages.pageBytes

        init(capacity: Int = Ends.capacity) throws {
            memory = try LineRing.create(capacityBytes: capacity)
            bell = try EventDescriptor()
            writer = try LineRingWriter(ring: memory, bell: EventDescriptor(try Self.copy(bell.number)))
            reader = try LineRingReader(ring: memory)
        }

        static func copy(_ number: Int32) throws -> Descriptor { try Descriptor.duplicate(of: number) }

        func put(_ text: String, _ path: String = "a") -> LineRingWriter.Outcome {
            var line = ByteBuffer()
            line.append(text)
            return writer.append(line.view, to: LogFileNumber(path: path))
        }

        func take() -> (file: LogFileNumber, text: String)? {
            var buffer = ByteBuffer()
            guard let file = reader.next(into: &buffer) else { return nil }
            return (file, buffer.view.string)
        }

        func waits() -> Bool { reader.wait() }

        /// Whether the bell has been rung since the last look.
        func hasRung() -> Bool {
            var set = PollSet()
            let index = set.add(bell.number, for: .readable)
            do { try set.wait(timeoutMilliseconds: 0) } catch { return false }
            let isReadable = !set.readiness(at: index).isEmpty
            if isReadable { bell.clear() }
            return isReadable
        }
    }

    /// Text that tells where it was cut or mixed up.
    static func text(_ number: Int, bytes: Int) -> String {
        String((0..<bytes).map { Character(UnicodeScalar(UInt8(0x21 + (number + $0) % 90))) })
    }

    /// Lines of odd lengths put every offset of the ring, 8 bytes apart, at a record's start, and the
    /// ring's end at every place inside of one.
    @Test func wrapsAroundAtEveryOffset() throws {
        let ends = try Ends()
        var number = 0
        for bytes in [0, 1, 7, 8, 9, 100, 1_001] {
            let records = 3 * Ends.capacity / LineRing.recordBytes(bytes + 1)
            for _ in 0..<records {
                let text = Self.text(number, bytes: bytes)
                #expect(ends.put(text, "\(number % 3)") == .written)
                let taken = try #require(ends.take())
                #expect(taken.text == text + "\n")
                #expect(taken.file == LogFileNumber(path: "\(number % 3)"))
                number += 1
            }
        }
        #expect(ends.take() == nil)
        #expect(ends.reader.damages == 0)
    }

    @Test func fullRefusesAndGoesOnWhereThereIsRoom() throws {
        let ends = try Ends()
        // Records of 64 bytes: 16 of header, 47 of text, the line feed.
        let text = Self.text(0, bytes: 47)
        let count = Ends.capacity / 64
        for _ in 0..<count { #expect(ends.put(text) == .written) }
        #expect(ends.put(text) == .full)
        #expect(ends.put("") == .full)
        #expect(ends.take()?.text == text + "\n")
        #expect(ends.put(text) == .written)
        #expect(ends.put(text) == .full)
        var taken = 0
        while ends.take() != nil { taken += 1 }
        #expect(taken == count)
    }

    @Test(arguments: [(JournalLimits.maxRecordBytes - 1, LineRingWriter.Outcome.written),
        (JournalLimits.maxRecordBytes, .tooLong)])
    func longestLine(bytes: Int, want: LineRingWriter.Outcome) throws {
        let ends = try Ends(capacity: JournalLimits.ringBytes)
        #expect(ends.put(String(repeating: "x", count: bytes)) == want)
        #expect(ends.take()?.text.utf8.count == (want == .written ? bytes + 1 : nil))
    }

    /// A writer that dies in the middle of a record has not moved the end: nothing of it is seen, and the
    /// writer after it begins there.
    @Test func whatIsNotCommittedIsNotThere() throws {
        let ends = try Ends()
        #expect(ends.put("first") == .written)
        let raw = try SharedRingMemory(of: ends.memory.number)
        var half = ByteBuffer()
        half.append(littleEndian: UInt32(900))
        half.append("half a rec")
        raw.write(half.view, at: raw.load(.written))
        var next = try LineRingWriter(ring: ends.memory, bell: EventDescriptor())
        #expect(ends.take()?.text == "first\n")
        #expect(ends.take() == nil)
        #expect(next.append(ByteView("second"), to: LogFileNumber(path: "b")) == .written)
        #expect(ends.take()?.text == "second\n")
        #expect(ends.reader.damages == 0)
    }

    enum Damage: CaseIterable { case length, check, file, endTooFar, endBehind, endInsideHeader, twoLines }

    /// Whatever a worker writes into its ring: the reader stays inside, gives nothing out that is no
    /// line, and is right again with the next record.
    @Test(arguments: Damage.allCases) func damage(_ damage: Damage) throws {
        let ends = try Ends()
        #expect(ends.put("before") == .written)
        #expect(ends.take()?.text == "before\n")
        let raw = try SharedRingMemory(of: ends.memory.number)
        let start = raw.load(.written)
        #expect(ends.put("damaged") == .written)
        var bytes = ByteBuffer()
        switch damage {
        case .length:
            bytes.append(littleEndian: UInt32.max)
            raw.write(bytes.view, at: start)
        case .check:
            bytes.append(littleEndian: UInt32(1))
            raw.write(bytes.view, at: start + 4)
        case .file:
            bytes.append(littleEndian: UInt64.max)
            raw.write(bytes.view, at: start + 8)
        case .endTooFar: raw.store(start + UInt64(Ends.capacity) + 8, in: .written)
        case .endBehind: raw.store(start - 8, in: .written)
        case .endInsideHeader: raw.store(start + 8, in: .written)
        case .twoLines:
            bytes.append("a\nb")
            raw.write(bytes.view, at: start + 16)
        }
        #expect(ends.take() == nil)
        #expect(ends.reader.damages == 1)
        var next = try LineRingWriter(ring: ends.memory, bell: EventDescriptor())
        #expect(next.append(ByteView("after"), to: LogFileNumber(path: "a")) == .written)
        #expect(ends.take()?.text == "after\n")
    }

    /// A reader that claims to have taken what was never written makes the ring full, not larger.
    @Test func aReaderAheadIsNotBelieved() throws {
        let ends = try Ends()
        let raw = try SharedRingMemory(of: ends.memory.number)
        raw.store(64, in: .taken)
        #expect(ends.put("x") == .full)
        raw.store(0, in: .taken)
        #expect(ends.put("x") == .written)
    }

    /// The bell rings for a reader that waits, and when the ring gets half full.
    @Test func bell() throws {
        let ends = try Ends()
        #expect(ends.put("nobody waits") == .written)
        #expect(!ends.hasRung())
        #expect(!ends.waits())
        #expect(ends.take() != nil)
        #expect(ends.waits())
        #expect(ends.put("one waits") == .written)
        #expect(ends.hasRung())
        #expect(ends.put("it knows") == .written)
        #expect(!ends.hasRung())
        var put = 0
        while !ends.hasRung() {
            try #require(ends.put(Self.text(0, bytes: 47)) == .written)
            put += 1
        }
        #expect(put >= Ends.capacity / 128 - 2 && put <= Ends.capacity / 128)
    }

    /// Two threads, millions of bytes: every line arrives once, whole and in order, or was refused.
    @Test func writerAndReaderAtOnce() throws {
        let ends = try Ends()
        let memory = try Ends.copy(ends.memory.number)
        let stop = try EventDescriptor()
        let bell = try Ends.copy(stop.number)
        let done = try HelperWriter.start(memory: memory.release(), bell: bell.release())
        var seen = 0
        var last = -1
        while true {
            if let line = ends.take() {
                let words = line.text.split(separator: " ")
                let number = try #require(Int(words[0]))
                #expect(number > last)
                #expect(line.text.utf8.count == "\(number) ".utf8.count + number % 300 + 1)
                last = number
                seen += 1
            } else if done.isOver {
                if let line = ends.take() {
                    last = try #require(Int(line.text.split(separator: " ")[0]))
                    seen += 1
                } else {
                    break
                }
            }
        }
        #expect(ends.reader.damages == 0)
        #expect(seen == done.written)
        #expect(seen > 0)
    }
}

/// A thread that writes numbered lines as fast as it can.
final class HelperWriter: Sendable {
    private struct State {
        var isOver = false
        var written = 0
    }
    private let state = Mutex(State())

    static func start(memory: Int32, bell: Int32) throws -> HelperWriter {
        let helper = HelperWriter()
        try HelperThread.start { helper.write(memory, bell) }
        return helper
    }

    private func write(_ memory: Int32, _ bell: Int32) {
        let ring = Descriptor(owning: memory)
        var written = 0
        if var writer = try? LineRingWriter(ring: ring, bell: EventDescriptor(Descriptor(owning: bell))) {
            var line = ByteBuffer()
            for number in 0..<200_000 {
                line.removeAll(keepingCapacity: true)
                line.append("\(number) ")
                for _ in 0..<number % 300 { line.append(0x78 as UInt8) }
                if writer.append(line.view, to: LogFileNumber(path: "x")) == .written { written += 1 }
            }
        }
        let count = written
        state.withLock {
            $0.written = count
            $0.isOver = true
        }
    }

    var isOver: Bool { state.withLock { $0.isOver } }
    var written: Int { state.withLock { $0.written } }
}
