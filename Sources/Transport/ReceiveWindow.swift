// The one read buffer of a worker.

package import Bytes
internal import Glibc
package import Posix

/// Where every connection of a worker reads into, one after the other.
///
/// Bytes are parsed here and sent on from here; a connection that must keep some copies them
/// before its handler returns. So thousands of idle connections need no read buffer at all.
@safe package final class ReceiveWindow {
    /// Invariant: an allocation of `capacityBytes`, freed in deinit.
    private let base: UnsafeMutableRawPointer
    package let capacityBytes: Int

    package init(capacityBytes: Int = 256 << 10) {
        self.capacityBytes = capacityBytes
        unsafe base = .allocate(byteCount: capacityBytes, alignment: 64)
    }

    deinit { unsafe base.deallocate() }

    /// One receive. The bytes are `received(count)` until the next call.
    ///
    /// - Parameters:
    ///   - prefix: What an earlier receive left unread, at most half of the window: it is put in
    ///     front, so that a parser sees it and the new bytes in one piece. `.moved` counts both.
    ///   - limitBytes: At most so many new bytes are read.
    package func receive(
        from fd: Int32, behind prefix: ByteView = .empty, limitBytes: Int = .max
    ) -> TransferResult {
        precondition(prefix.count <= capacityBytes / 2, "what was left unread is too long")
        let room = min(capacityBytes - prefix.count, limitBytes)
        if !prefix.isEmpty {
            unsafe prefix.withUnsafeBytes { source in
                // SAFETY: the prefix fits; it may lie in this very window, hence memmove.
                unsafe _ = memmove(base, source.baseAddress!, source.count)
            }
        }
        // SAFETY: `room` bytes of the allocation behind the prefix, which nobody else writes to.
        let result = unsafe SocketIO.receive(
            fd, into: UnsafeMutableRawBufferPointer(start: base + prefix.count, count: room))
        if case .moved(let count) = result { return .moved(prefix.count + count) }
        return result
    }

    package func received(_ count: Int) -> ByteView {
        precondition(count >= 0 && count <= capacityBytes, "more than the window holds")
        // SAFETY: inside the allocation; the kernel has written these bytes.
        return unsafe ByteView(unowned: base, count: count)
    }
}
