// 64-bit numbers in shared memory: written by one process, read by others without a lock.

internal import Glibc
public import Synchronization

/// Atomic numbers in a part of a memory file that this process may write.
///
/// Each cell has one writing process at a time; readers see every cell whole, but no order
/// between cells: all accesses are relaxed, as a sum of counters needs no more.
///
/// Public, as `@inlinable` takes effect across targets on public declarations only (Swift 6.3): a
/// package one stays a call.
@safe public struct SharedCells: ~Copyable {
    private let pages: SharedPages
    /// Invariants: `count` cells, 8-aligned, in `pages`, mapped for writing while self lives. Any
    /// bits are a valid UInt64, so memory that the kernel zeroed is initialised.
    @usableFromInline internal let cells: UnsafeMutablePointer<Atomic<UInt64>>
    public let count: Int

    /// - Parameters: see ``SharedPages``; `count` cells are mapped.
    package init(of descriptor: Int32, offsetBytes: Int, count: Int) throws(SystemError) {
        precondition(count > 0 && count <= Int.max / 8, "not a number of cells")
        pages = try SharedPages(
            of: descriptor, offsetBytes: offsetBytes, byteCount: count * 8, access: .readAndWrite)
        // SAFETY: page-aligned and long enough; Atomic<UInt64> has the layout of a UInt64.
        unsafe cells = pages.base.assumingMemoryBound(to: Atomic<UInt64>.self)
        self.count = count
    }

    @inlinable public func load(_ index: Int) -> UInt64 {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        return unsafe cells[index].load(ordering: .relaxed)
    }

    @inlinable public func store(_ value: UInt64, at index: Int) {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        unsafe cells[index].store(value, ordering: .relaxed)
    }

    /// A load and a store, not a locked instruction: right because each cell has one writer.
    @inlinable public func add(_ amount: UInt64, at index: Int) {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        unsafe cells[index].store(cells[index].load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }
}
