// epoll(7), level-triggered: an event comes again until its cause is gone, so that a handler may
// stop in the middle of its work without losing anything.

internal import CLinux
internal import Glibc
package import Posix

/// What a descriptor is watched for. Failures and hang-ups are always told.
package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let read = Interest(rawValue: EPOLLIN.rawValue)
    package static let write = Interest(rawValue: EPOLLOUT.rawValue)
}

/// What became possible on a descriptor.
package struct Readiness: Sendable {
    package var token: EventToken
    package var isReadable: Bool
    package var isWritable: Bool
    /// The connection is broken or both directions are closed (EPOLLERR, EPOLLHUP).
    package var isBroken: Bool
}

/// One epoll instance with room for the events of one wait.
@safe package final class Poller {
    private let descriptor: Descriptor
    /// Invariant: an allocation of `capacity` events, freed in deinit.
    private let events: UnsafeMutablePointer<epoll_event>
    private static var capacity: Int { 256 }

    package init() throws(SystemError) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw .last("epoll_create1") }
        descriptor = Descriptor(owning: number)
        unsafe events = .allocate(capacity: Self.capacity)
    }

    deinit { unsafe events.deallocate() }

    package func add(_ fd: Int32, _ token: EventToken, _ interest: Interest) throws(SystemError) {
        try control(EPOLL_CTL_ADD, fd, token, interest)
    }

    package func modify(_ fd: Int32, _ token: EventToken, _ interest: Interest) throws(SystemError) {
        try control(EPOLL_CTL_MOD, fd, token, interest)
    }

    /// Needed only where a descriptor lives on; closing the last one removes it too.
    package func remove(_ fd: Int32) {
        var event = unsafe epoll_event()
        _ = unsafe epoll_ctl(descriptor.number, EPOLL_CTL_DEL, fd, &event)
    }

    /// Waits for events.
    ///
    /// - Parameter timeoutMilliseconds: nil waits without end.
    /// - Returns: How many `event(at:)` can be asked for; 0 after a time-out or a signal.
    package func wait(timeoutMilliseconds: Int?) throws(SystemError) -> Int {
        let timeout = timeoutMilliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
        let count = unsafe epoll_wait(descriptor.number, events, Int32(Self.capacity), timeout)
        if count < 0 {
            if errno == EINTR { return 0 }
            throw .last("epoll_wait")
        }
        return Int(count)
    }

    package func event(at index: Int) -> Readiness {
        precondition(index >= 0 && index < Self.capacity, "no such event")
        // SAFETY: inside the allocation; epoll_wait has filled it up to the count it returned.
        let event = unsafe events[index]
        return Readiness(
            token: EventToken(word: unsafe event.data.u64),
            isReadable: unsafe event.events & EPOLLIN.rawValue != 0,
            isWritable: unsafe event.events & EPOLLOUT.rawValue != 0,
            isBroken: unsafe event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0)
    }

    private func control(
        _ operation: Int32, _ fd: Int32, _ token: EventToken, _ interest: Interest
    ) throws(SystemError) {
        var event = unsafe epoll_event()
        unsafe event.events = interest.rawValue
        unsafe event.data.u64 = token.word
        guard unsafe epoll_ctl(descriptor.number, operation, fd, &event) == 0 else { throw .last("epoll_ctl") }
    }
}
