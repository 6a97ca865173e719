// 64-bit numbers in shared memory that other processes write.

internal import Glibc
internal import Synchronization

/// Atomic numbers in a part of a memory file, mapped for reading only.
@safe package struct SharedCellsReader: ~Copyable {
    private let pages: SharedPages
    /// Invariants: `count` cells, 8-aligned, in `pages`, readable while self lives.
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>
    package let count: Int

    /// - Parameters: see ``SharedPages``; `count` cells are mapped.
    package init(of descriptor: Int32, offsetBytes: Int, count: Int) throws(SystemError) {
        precondition(count > 0 && count <= Int.max / 8, "not a number of cells")
        pages = try SharedPages(
            of: descriptor, offsetBytes: offsetBytes, byteCount: count * 8, access: .read)
        // SAFETY: page-aligned and long enough; never stored to, as the pages are read-only.
        unsafe cells = pages.base.assumingMemoryBound(to: Atomic<UInt64>.self)
        self.count = count
    }

    package func load(_ index: Int) -> UInt64 {
        precondition(index >= 0 && index < count, "no such cell")
        // SAFETY: checked above.
        return unsafe cells[index].load(ordering: .relaxed)
    }
}
