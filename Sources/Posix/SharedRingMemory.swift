// The memory of a ring between two processes: a page of positions, then the bytes.

package import Bytes
internal import Glibc
internal import Synchronization

/// Shared memory that one process appends to and another takes from.
///
/// Positions count bytes from the ring's first day and never wrap; the byte at position `p` lies at
/// `p` modulo the capacity. Positions are stored and loaded in one order for all processes
/// (sequentially consistent), so that what was written before a position was stored is there for
/// whoever has loaded it. The other process may write what it likes at any time: bytes are copied
/// out before they are looked at, and who reads positions checks them.
@safe package struct SharedRingMemory: ~Copyable {
    /// A number in the first page, each on a cache line of its own.
    package enum Cell: Int, Sendable { case written = 0, taken, waiting }

    private let header: SharedPages
    private let body: SharedPages
    /// Invariant: as many cells as `Cell` has cases, `cellStride` apart, in `header`, mapped for writing
    /// while self lives.
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>
    package var capacityBytes: Int { body.byteCount }

    private static let cellStride = 16

    /// Makes a memory file of fixed size, all zero.
    ///
    /// - Parameter capacityBytes: A multiple of the page size.
    package static func create(name: String, capacityBytes: Int) throws(SystemError) -> Descriptor {
        let file = try SealedMemory.create(name: name)
        guard ftruncate(file.number, SharedPages.pageBytes + capacityBytes) == 0 else {
            throw .last("ftruncate")
        }
        // Workers are given the descriptor; nobody else is to open the file by /proc.
        guard fchmod(file.number, 0o600) == 0 else { throw .last("fchmod") }
        try SealedMemory.seal(file.number, [.fixedSize, .furtherSeals])
        return file
    }

    /// - Parameter descriptor: Only needed during the call.
    package init(of descriptor: Int32) throws(SystemError) {
        let page = SharedPages.pageBytes
        let bytes = try SharedPages.fileBytes(descriptor) - page
        guard bytes > 0, bytes % page == 0 else { throw SystemError(call: "mmap of a ring", code: EINVAL) }
        let first = try SharedPages(of: descriptor, offsetBytes: 0, byteCount: page, access: .readAndWrite)
        let rest = try SharedPages(of: descriptor, offsetBytes: page, byteCount: bytes, access: .readAndWrite)
        header = first
        body = rest
        // SAFETY: page-aligned and long enough; Atomic<UInt64> has the layout of a UInt64.
        unsafe cells = header.base.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    package func load(_ cell: Cell) -> UInt64 {
        // SAFETY: the invariant of `cells`.
        unsafe cells[cell.rawValue * Self.cellStride].load(ordering: .sequentiallyConsistent)
    }

    package func store(_ value: UInt64, in cell: Cell) {
        // SAFETY: the invariant of `cells`.
        unsafe cells[cell.rawValue * Self.cellStride].store(value, ordering: .sequentiallyConsistent)
    }

    /// Copies bytes in, around the end where they reach it.
    package func write(_ bytes: ByteView, at position: UInt64) {
        precondition(bytes.count <= capacityBytes, "more bytes than the ring holds")
        let offset = Int(position % UInt64(capacityBytes))
        let first = min(bytes.count, capacityBytes - offset)
        unsafe bytes.withUnsafeBytes { source in
            // SAFETY: `first` bytes fit behind `offset`, the others before it.
            unsafe memcpy(body.base + offset, source.baseAddress!, first)
            unsafe memcpy(body.base, source.baseAddress! + first, bytes.count - first)
        }
    }

    /// Appends a copy of `count` bytes to `buffer`.
    package func read(_ count: Int, at position: UInt64, into buffer: inout ByteBuffer) {
        precondition(count >= 0 && count <= capacityBytes, "more bytes than the ring holds")
        let offset = Int(position % UInt64(capacityBytes))
        let first = min(count, capacityBytes - offset)
        unsafe buffer.appendUninitialized(upTo: count) { room in
            // SAFETY: `first` bytes lie behind `offset`, the others before it; the room has `count`.
            unsafe memcpy(room.baseAddress!, body.base + offset, first)
            unsafe memcpy(room.baseAddress! + first, body.base, count - first)
            return count
        }
    }
}
