// A connected socket on the loop: sends from the caller's bytes, keeps what the peer would not
// take, and can stop reading while the other side is behind.

package import Bytes
package import Posix

/// How a send ended.
package enum SendOutcome: Equatable, Sendable {
    /// The kernel has taken everything.
    case sent
    /// The rest is kept in the stream and leaves when there is room: the source should pause.
    case blocked
    case failed(Int32)
}

/// A non-blocking stream socket, its place on the poller and its unsent bytes.
///
/// Write interest is set only while bytes are waiting. Reading is paused lazily: a source that is
/// not wanted any more costs a system call only if it goes on sending.
package struct SocketStream: ~Copyable {
    package let socket: Descriptor
    package private(set) var token: EventToken
    private var interest: Interest
    private var isWatched = true
    /// What the peer has not taken yet.
    private var outbox = ByteBuffer()

    /// Puts the socket on the poller.
    package init(
        _ socket: consuming Descriptor, token: EventToken, interest: Interest = .read, on poller: Poller
    ) throws(SystemError) {
        try poller.add(socket.number, token, interest)
        self.socket = socket
        self.token = token
        self.interest = interest
    }

    /// The descriptor, open while self lives.
    package var number: Int32 { socket.number }
    package var pendingBytes: Int { outbox.count }
    package var isBlocked: Bool { !outbox.isEmpty }
    package var isReading: Bool { interest.contains(.read) }

    /// Sends now what can be sent and keeps the rest.
    package mutating func send(_ bytes: ByteView, on poller: Poller) -> SendOutcome {
        if bytes.isEmpty { return outbox.isEmpty ? .sent : .blocked }
        var rest = bytes
        if outbox.isEmpty {
            switch SocketIO.send(socket.number, bytes) {
            case .moved(let count):
                if count == bytes.count { return .sent }
                rest = bytes[count...]
            case .wouldBlock: break
            case .endOfStream: return .failed(0)
            case .failed(let code): return .failed(code)
            }
        }
        outbox.append(rest)
        return set(interest.union(.write), on: poller) ? .blocked : .failed(0)
    }

    /// Like `send`, for two runs of bytes that leave in one system call.
    package mutating func send(_ first: ByteView, _ second: ByteView, on poller: Poller) -> SendOutcome {
        guard outbox.isEmpty, !first.isEmpty, !second.isEmpty else {
            let outcome = send(first, on: poller)
            if case .failed = outcome { return outcome }
            return send(second, on: poller)
        }
        var taken = 0
        switch SocketIO.send(socket.number, first, second) {
        case .moved(let count): taken = count
        case .wouldBlock: break
        case .endOfStream: return .failed(0)
        case .failed(let code): return .failed(code)
        }
        if taken == first.count + second.count { return .sent }
        if taken < first.count { outbox.append(first[taken...]) }
        outbox.append(second[max(0, taken - first.count)...])
        return set(interest.union(.write), on: poller) ? .blocked : .failed(0)
    }

    /// Sends on when the socket has room again.
    package mutating func flush(on poller: Poller) -> SendOutcome {
        while !outbox.isEmpty {
            switch SocketIO.send(socket.number, outbox.view) {
            case .moved(let count): outbox.consume(count)
            case .wouldBlock: return .blocked
            case .endOfStream: return .failed(0)
            case .failed(let code): return .failed(code)
            }
        }
        outbox.removeAll(keepingCapacity: false)
        return set(interest.subtracting(.write), on: poller) ? .sent : .failed(0)
    }

    /// The peer reads the end of the stream behind what was sent.
    package func shutdownSending() { StreamSocket.shutdownSending(socket.number) }

    package mutating func pauseReading(on poller: Poller) {
        _ = set(interest.subtracting(.read), on: poller)
    }

    package mutating func resumeReading(on poller: Poller) {
        _ = set(interest.union(.read), on: poller)
    }

    /// Takes the socket off the poller, which would tell of a broken one without end. What was not sent is
    /// forgotten.
    package mutating func stopWatching(on poller: Poller) {
        poller.remove(socket.number)
        isWatched = false
        outbox.removeAll(keepingCapacity: false)
    }

    /// Reads on, after a pause or after `stopWatching`.
    package mutating func watchAgain(on poller: Poller) {
        guard !isWatched else { return resumeReading(on: poller) }
        do {
            try poller.add(socket.number, token, .read)
            interest = .read
            isWatched = true
        } catch {
            // Without the poller's memory for it the deadline ends the connection.
        }
    }

    /// Watches only for reading: after a connect has been waited for.
    package mutating func watchForReading(on poller: Poller) {
        _ = set(.read, on: poller)
    }

    /// Gives the socket's events to another owner.
    package mutating func hand(to token: EventToken, on poller: Poller) throws(SystemError) {
        try poller.modify(socket.number, token, interest)
        self.token = token
    }

    private mutating func set(_ wanted: Interest, on poller: Poller) -> Bool {
        guard isWatched else { return false }
        guard wanted != interest else { return true }
        do {
            try poller.modify(socket.number, token, wanted)
            interest = wanted
            return true
        } catch {
            return false
        }
    }
}
