// The worker's end of the master's channel: what the master wants, step by step.

internal import Bytes
internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import Transport

/// Receives the master's messages and answers them.
struct ControlLink: ~Copyable {
    let channel: WorkerChannel

    /// What the first messages bring, before there is a worker.
    struct Start: ~Copyable {
        var slot: Int
        var account: Account?
        var stats: Descriptor
        var errorLog: ErrorLog
        var lines: LineRingWriter
    }

    /// Waits for the master's first message.
    borrowing func receiveStart() throws(ChannelError) -> Start {
        guard var received = try waitForMessage() else { throw .closed }
        guard case .start(let slot, _, let userID, let groupID) = received.message,
            let stats = received.descriptors.take(at: 0), let errorLog = received.descriptors.take(at: 1),
            let ring = received.descriptors.take(at: 2), let bell = received.descriptors.take(at: 3)
        else { throw .malformed("a worker's first message is its start") }
        var account: Account?
        if let userID, let groupID { account = Account(userID: userID, groupID: groupID) }
        do {
            let lines = try LineRingWriter(ring: ring, bell: EventDescriptor(bell))
            return Start(slot: slot, account: account, stats: stats, errorLog: ErrorLog(errorLog), lines: lines)
        } catch {
            throw .system(error)
        }
    }

    /// Blocks until a message is there; nil when the master is gone.
    borrowing func waitForMessage() throws(ChannelError) -> ReceivedMessage<MasterMessage>? {
        while true {
            if let message = try channel.receive() { return message }
            var waiting = PollSet()
            waiting.add(channel.descriptorNumber, for: .readable)
            do {
                try waiting.wait(timeoutMilliseconds: nil)
            } catch {
                throw .system(error)
            }
        }
    }

    borrowing func answer(_ message: WorkerMessage) {
        // A channel that takes nothing belongs to a master that is gone, which the next receive tells.
        do { try channel.send(message) } catch {}
    }
}
