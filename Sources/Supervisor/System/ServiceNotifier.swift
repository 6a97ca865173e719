// Telling the service manager how it goes: sd_notify(3), by hand over $NOTIFY_SOCKET.

internal import Bytes
internal import Posix

/// Sends states as datagrams; says nothing when no manager asked for it.
package struct ServiceNotifier: Sendable {
    package enum State: Equatable, Sendable {
        case ready
        /// CLOCK_MONOTONIC at the beginning of the reload, which tells it from an earlier one.
        case reloading(monotonicMicroseconds: Int64)
        case stopping
        case status(String)

        /// Assignments as sd_notify(3) lists them, one a line.
        package var text: String {
            switch self {
            case .ready: "READY=1"
            case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
            case .stopping: "STOPPING=1"
            // A line feed would begin an assignment of its own.
            case .status(let text): "STATUS=\(text.split(separator: "\n").joined(separator: " "))"
            }
        }
    }

    private let path: String?

    /// - Parameter path: Of $NOTIFY_SOCKET; an `@` in front is the abstract name space.
    package init(path: String?) { self.path = path }

    /// - Returns: false when the manager could not be reached.
    @discardableResult
    package func send(_ states: State...) -> Bool {
        guard let path else { return true }
        let text = states.map(\.text).joined(separator: "\n")
        var buffer = ByteBuffer()
        buffer.append(text)
        return DatagramSocket.send(buffer.view, toPath: path)
    }
}
