// Waiting for a handful of descriptors: poll(2). The master's loop; a worker uses epoll.

internal import Glibc

/// Descriptors to wait for, rebuilt for each wait.
package struct PollSet {
    package struct Readiness: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let readable = Readiness(rawValue: 1)
        package static let writable = Readiness(rawValue: 2)
        /// The peer is gone or the descriptor is broken; reported whether asked for or not.
        package static let closed = Readiness(rawValue: 4)
    }

    private var entries: [pollfd] = []

    package init() {}

    package mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    /// - Returns: The entry's index, to be given to `readiness(at:)` after the wait.
    @discardableResult
    package mutating func add(_ descriptor: Int32, for interest: Readiness) -> Int {
        var events: Int16 = 0
        if interest.contains(.readable) { events |= Int16(POLLIN) }
        if interest.contains(.writable) { events |= Int16(POLLOUT) }
        entries.append(pollfd(fd: descriptor, events: events, revents: 0))
        return entries.count - 1
    }

    /// Waits until something is ready, a signal arrives or the time is over.
    ///
    /// - Parameter timeoutMilliseconds: nil waits without end.
    package mutating func wait(timeoutMilliseconds: Int64?) throws(SystemError) {
        let timeout = timeoutMilliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
        // SAFETY: poll changes only `revents` of the entries given.
        let ready = unsafe entries.withUnsafeMutableBufferPointer { buffer in
            unsafe poll(buffer.baseAddress, nfds_t(buffer.count), timeout)
        }
        guard ready < 0 else { return }
        guard errno == EINTR else { throw .last("poll") }
        for index in entries.indices { entries[index].revents = 0 }
    }

    package func readiness(at index: Int) -> Readiness {
        let events = Int32(entries[index].revents)
        var ready: Readiness = []
        if events & Int32(POLLIN) != 0 { ready.insert(.readable) }
        if events & Int32(POLLOUT) != 0 { ready.insert(.writable) }
        if events & Int32(POLLHUP | POLLERR | POLLNVAL) != 0 { ready.insert(.closed) }
        return ready
    }
}
