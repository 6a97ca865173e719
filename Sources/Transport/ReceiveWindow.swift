// The one read buffer of a worker.

package import Bytes
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
    /// - Parameter limitBytes: At most so many are read.
    package func receive(from fd: Int32, limitBytes: Int = .max) -> TransferResult {
        let room = min(capacityBytes, limitBytes)
        // SAFETY: `room` bytes of the allocation, which nobody else writes to.
        return unsafe SocketIO.receive(fd, into: UnsafeMutableRawBufferPointer(start: base, count: room))
    }

    package func received(_ count: Int) -> ByteView {
        precondition(count >= 0 && count <= capacityBytes, "more than the window holds")
        // SAFETY: inside the allocation; the kernel has written these bytes.
        return unsafe ByteView(unowned: base, count: count)
    }
}
