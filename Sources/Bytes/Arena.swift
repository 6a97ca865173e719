// Memory for values that all die together: what the transformations of one transaction make.

internal import Glibc

/// A bump allocator. Views of what it holds are valid until `reset()`.
///
/// Chunks are kept over a reset, up to `keptBytes`, so that a warmed-up worker allocates nothing.
@safe package final class Arena {
    @unsafe private struct Chunk {
        /// Invariant: an allocation of `capacity` bytes, freed by the arena alone.
        var base: UnsafeMutableRawPointer
        var capacity: Int
    }

    private var chunks: [Chunk]
    private var current = 0
    private var used = 0
    private let chunkBytes: Int
    private let keptBytes: Int
    /// Bytes handed out since the last reset.
    package private(set) var allocatedBytes = 0

    package init(chunkBytes: Int = 64 << 10, keptBytes: Int = 1 << 20) {
        unsafe chunks = []
        self.chunkBytes = chunkBytes
        self.keptBytes = keptBytes
    }

    deinit {
        for unsafe chunk in unsafe chunks { unsafe free(chunk.base) }
    }

    /// Gives `body` room for `bytes` bytes; what it returns as written becomes the view.
    package func write(upTo bytes: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int) -> ByteView {
        precondition(bytes >= 0, "can not allocate a negative number of bytes")
        guard bytes > 0 else { return .empty }
        let room = unsafe allocate(bytes)
        let written = unsafe body(UnsafeMutableRawBufferPointer(start: room, count: bytes))
        precondition(written >= 0 && written <= bytes, "wrote past the room that was given")
        used -= bytes - written
        allocatedBytes += written
        // SAFETY: `written` bytes are initialised and stay until the next reset.
        return unsafe ByteView(unowned: UnsafeRawPointer(room), count: written)
    }

    /// Like `write`, with bounds-checked access to the room.
    package func fill(upTo bytes: Int, _ body: (inout OutputSpan<UInt8>) -> Void) -> ByteView {
        unsafe write(upTo: bytes) { room in
            var output = unsafe OutputSpan<UInt8>(
                buffer: room.bindMemory(to: UInt8.self), initializedCount: 0)
            body(&output)
            return unsafe output.finalize(for: room.bindMemory(to: UInt8.self))
        }
    }

    package func copy(_ bytes: ByteView) -> ByteView {
        unsafe write(upTo: bytes.count) { room in
            unsafe bytes.withUnsafeBytes { unsafe room.copyMemory(from: $0) }
            return bytes.count
        }
    }

    package func copy(_ text: String) -> ByteView {
        var text = text
        return text.withUTF8 { unsafe copy(ByteView(unowned: UnsafeRawBufferPointer($0))) }
    }

    /// Forgets all values; every view handed out becomes invalid.
    package func reset() {
        var kept = 0
        unsafe chunks.removeAll { chunk in
            kept += unsafe chunk.capacity
            guard kept > keptBytes else { return false }
            unsafe free(chunk.base)
            return true
        }
        current = 0
        used = 0
        allocatedBytes = 0
    }

    private func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
        while unsafe current < chunks.count {
            if unsafe chunks[current].capacity - used >= bytes {
                let place = unsafe chunks[current].base + used
                used += bytes
                return unsafe place
            }
            current += 1
            used = 0
        }
        let capacity = max(bytes, chunkBytes)
        guard let base = unsafe malloc(capacity) else { preconditionFailure("out of memory") }
        unsafe chunks.append(Chunk(base: base, capacity: capacity))
        current = unsafe chunks.count - 1
        used = bytes
        return unsafe base
    }
}
