// For libraries that write to sockets by write(2).

internal import Glibc

package enum BrokenPipeSignal {
    /// A write to a connection that its peer has closed fails with EPIPE and ends nobody.
    package static func ignore() { _ = signal(SIGPIPE, SIG_IGN) }
}
