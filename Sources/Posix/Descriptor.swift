// A file descriptor with one owner.

internal import CLinux
internal import Glibc

/// An open file descriptor, closed when its owner lets it go.
package struct Descriptor: ~Copyable {
    /// Invariant: open, and closed by nobody else.
    package let number: Int32

    /// Takes over an open descriptor.
    package init(owning number: Int32) {
        precondition(number >= 0, "not a descriptor")
        self.number = number
    }

    deinit { _ = close(number) }

    /// Gives the descriptor up without closing it.
    package consuming func release() -> Int32 {
        let number = self.number
        discard self
        return number
    }

    package borrowing func duplicate() throws(SystemError) -> Descriptor {
        let copy = clinux_fcntl_int(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw .last("fcntl(F_DUPFD_CLOEXEC)") }
        return Descriptor(owning: copy)
    }

    package borrowing func setNonBlocking() throws(SystemError) {
        let flags = clinux_fcntl_int(number, F_GETFL, 0)
        guard flags >= 0, clinux_fcntl_int(number, F_SETFL, flags | O_NONBLOCK) >= 0 else {
            throw .last("fcntl(F_SETFL)")
        }
    }
}
