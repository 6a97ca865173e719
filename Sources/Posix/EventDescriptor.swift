// A bell between threads or processes: eventfd(2).

internal import CLinux
internal import Glibc

/// Readable from `ring` until `clear`. Both may be called on any thread.
package struct EventDescriptor: ~Copyable, Sendable {
    private let descriptor: Descriptor

    package init() throws(SystemError) {
        let number = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard number >= 0 else { throw .last("eventfd") }
        descriptor = Descriptor(owning: number)
    }

    /// The other end of a bell that another process has made.
    package init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    package var number: Int32 { descriptor.number }

    package borrowing func ring() {
        var one: UInt64 = 1
        // SAFETY: eight bytes of a local. It can only fail when the bell rings already.
        _ = unsafe write(descriptor.number, &one, 8)
    }

    package borrowing func clear() {
        var count: UInt64 = 0
        // SAFETY: eight bytes of a local.
        _ = unsafe read(descriptor.number, &count, 8)
    }
}
