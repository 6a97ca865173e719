// The master's signals, with nginx's meanings.

internal import Glibc
internal import Posix

/// Reads signals from a descriptor, so that they are handled between two turns of the loop.
struct SignalSource: ~Copyable {
    enum Command: Equatable, Sendable {
        case reload
        case reopenLogs
        case quit
        case terminate
        case childEnded
    }

    private let signals: SignalDescriptor

    init() throws(SystemError) {
        // SIGPIPE is blocked and never read: a write to a closed pipe fails with EPIPE.
        signals = try SignalDescriptor([SIGHUP, SIGUSR1, SIGQUIT, SIGTERM, SIGINT, SIGCHLD, SIGPIPE])
    }

    var descriptorNumber: Int32 { signals.descriptor.number }

    /// The next command, nil when no signal waits.
    func next() -> Command? {
        while let signal = signals.next() {
            switch signal {
            case SIGHUP: return .reload
            case SIGUSR1: return .reopenLogs
            case SIGQUIT: return .quit
            case SIGTERM, SIGINT: return .terminate
            case SIGCHLD: return .childEnded
            default: continue
            }
        }
        return nil
    }
}
