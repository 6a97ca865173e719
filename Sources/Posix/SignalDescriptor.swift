// Signals as bytes to read: signalfd(2).

internal import CLinux
internal import Glibc

/// Blocks a set of signals in the calling thread and hands them out one at a time.
///
/// Must be made before any other thread starts, as a thread inherits the blocked set. The set
/// stays blocked after the descriptor is gone; a spawned child gets an empty one.
package struct SignalDescriptor: ~Copyable {
    package let descriptor: Descriptor

    package init(_ signals: [Int32]) throws(SystemError) {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in signals { unsafe sigaddset(&set, signal) }
        guard unsafe sigprocmask(SIG_BLOCK, &set, nil) == 0 else { throw .last("sigprocmask") }
        let flags = Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK)
        let number = unsafe signalfd(-1, &set, flags)
        guard number >= 0 else { throw .last("signalfd") }
        descriptor = Descriptor(owning: number)
    }

    /// The next pending signal's number, nil when there is none.
    package func next() -> Int32? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        while true {
            // SAFETY: `info` is a local of `size` bytes.
            let count = unsafe Glibc.read(descriptor.number, &info, size)
            if count == size { return Int32(bitPattern: info.ssi_signo) }
            guard count < 0, errno == EINTR else { return nil }
        }
    }
}
