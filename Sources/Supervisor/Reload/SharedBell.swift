// What wakes the master when a load is over.

internal import Posix

/// An event descriptor with two holders: the loop and the load's thread.
final class SharedBell: Sendable {
    private let event: EventDescriptor

    init() throws(SystemError) { event = try EventDescriptor() }

    var number: Int32 { event.number }
    func ring() { event.ring() }
    func clear() { event.clear() }
}
