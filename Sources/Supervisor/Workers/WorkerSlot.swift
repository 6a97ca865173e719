// One slot's process and channel: the I/O that its life cycle asks for.

internal import Gateway
internal import Glibc
internal import Posix

final class WorkerSlot {
    let index: Int
    private(set) var lifeCycle: WorkerLifeCycle
    private(set) var process: ChildProcess?
    private var channel: MasterChannel?

    init(index: Int, target: UInt64, now: Int64) {
        self.index = index
        lifeCycle = WorkerLifeCycle(target: target, now: now)
    }

    /// The descriptor to wait on, nil without a worker.
    var channelNumber: Int32? { channel?.descriptorNumber }

    func received(_ event: WorkerLifeCycle.Event, now: Int64) -> [WorkerLifeCycle.Action] {
        lifeCycle.received(event, now: now)
    }

    /// Starts a worker process with the other end of a new channel as its descriptor 3.
    func spawn(_ outfit: WorkerOutfit) throws(SystemError) {
        let pair = try PacketSocket.pair()
        let child = try ChildProcess.spawn(
            outfit.executablePath, arguments: ["wafd: worker process", "--worker"],
            inheriting: [.init(descriptor: pair.second.descriptor.number, as: 3)])
        process = child
        channel = MasterChannel(descriptor: try pair.first.descriptor.duplicate().release())
    }

    func send(_ message: MasterMessage, descriptors: [Int32] = []) throws(ChannelError) {
        guard channel != nil else { throw .closed }
        try channel?.send(message, descriptors: descriptors)
    }

    /// The next message, nil when none waits.
    func receive() throws(ChannelError) -> WorkerMessage? {
        guard channel != nil, let received = try channel?.receive() else { return nil }
        return received.message
    }

    /// How the process ended, once it has.
    func collect() -> ChildProcess.Ending? {
        guard let ending = process?.collect() else { return nil }
        process = nil
        return ending
    }

    /// After the last message of a dead worker has been read.
    func closeChannel() { channel = nil }

    func kill() { process?.signal(SIGKILL) }
}
