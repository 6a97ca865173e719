// `pause`: a request that matched such a rule waits before it is forwarded or refused. It costs a timer;
// other connections go on.

internal import Bytes
internal import Inspection

extension Exchange {
    /// What happens once the time is over.
    enum Resumption {
        case forward
        /// The location is the transaction's.
        case refuse(status: Int, location: ByteView)
        case close
    }

    /// Waits, if a rule of phase 1 or 2 says so.
    ///
    /// - Returns: Whether the exchange waits; then it goes on by itself.
    func isPaused(before next: Resumption) -> Bool {
        guard let milliseconds = transaction?.takePause(), milliseconds > 0 else { return false }
        request = .pausing
        resumption = next
        session.setDeadline(milliseconds: milliseconds)
        return true
    }

    /// The time is over.
    func resume(_ next: Resumption) {
        resumption = nil
        request = .routing
        switch next {
        case .forward: forward()
        case .refuse(let status, let location): refuse(status: status, location: location)
        case .close: session.close()
        }
    }
}
