// What a client sends: heads are parsed here, bodies go to the exchange.

internal import Bytes
internal import HTTP1
internal import Journal
internal import Metrics
internal import Posix
internal import Transport

extension Session {
    /// One receive, and everything that can be done with its bytes.
    func readable() {
        guard let number = stream?.number else { return }
        switch worker.window.receive(from: number) {
        case .wouldBlock: return
        case .failed: close()
        case .endOfStream: clientClosed()
        case .moved(let count):
            worker.stats.add(.clientBytesReceived, count)
            received(worker.window.received(count))
        }
    }

    private func received(_ bytes: ByteView) {
        if case .lingering(let discarded) = state {
            let total = discarded + bytes.count
            state = .lingering(discardedBytes: total)
            if total > GatewayLimits.lingerBytes { close() }
            return
        }
        if inbox.isEmpty {
            let consumed = consume(bytes)
            if state != .closed { inbox.append(bytes[consumed...]) }
        } else {
            inbox.append(bytes)
            drainInbox()
        }
        if inbox.count > GatewayLimits.pipelinedBytes, state == .exchanging || isBlocked {
            stream?.pauseReading(on: worker.poller)
        }
    }

    /// Goes on with what was received before its turn.
    func drainInbox() {
        guard !isConsuming, !inbox.isEmpty else { return }
        let consumed = consume(inbox.view)
        // An exchange that was the last one has thrown away what was left.
        guard state == .readingHead || state == .exchanging else { return }
        inbox.consume(consumed)
        if inbox.isEmpty { inbox.removeAll(keepingCapacity: false) }
    }

    /// Works through `bytes` until they end or must wait.
    ///
    /// - Returns: How many were used up; the rest is to be presented again, with more behind it.
    private func consume(_ bytes: ByteView) -> Int {
        isConsuming = true
        defer { isConsuming = false }
        var consumed = 0
        while consumed < bytes.count {
            let used: Int
            switch state {
            case .readingHead:
                // A client that does not take its answers gets no further ones made.
                used = isBlocked ? 0 : consumeHead(bytes[consumed...])
            case .exchanging: used = exchange.takeRequestBytes(bytes[consumed...])
            case .lingering, .closed: return bytes.count
            }
            consumed += used
            if used == 0, state == .exchanging || state == .readingHead { break }
        }
        return consumed
    }

    /// Parses a request head, if it is complete, and begins its exchange.
    ///
    /// - Returns: Bytes of the head; 0 when more is needed.
    private func consumeHead(_ bytes: ByteView) -> Int {
        let hasBegun = parser.isInsideHead
        do {
            guard
                let length = try parser.parse(bytes, limits: worker.httpLimits, into: &head)
            else {
                // A head that begins has its own, shorter time, which its further bytes do not move.
                if answeredRequests > 0, !hasBegun { setDeadline(milliseconds: exchange.headMilliseconds) }
                return 0
            }
            state = .exchanging
            exchange.begin(headBytes: length)
            return length
        } catch {
            worker.stats.add(.requestsRejected)
            worker.log.client(self, .info, "client sent an invalid request: \(error)")
            refuseHead(status: error.status)
            return bytes.count
        }
    }

    /// The client has sent its last byte. What it is owed is no longer wanted by most clients
    /// that do so, and an upstream should not work for nobody (nginx: 499).
    private func clientClosed() {
        switch state {
        case .readingHead, .lingering:
            guard isBlocked else {
                close()
                return
            }
            hasClientEnded = true
            stream!.pauseReading(on: worker.poller)
        case .exchanging:
            worker.log.client(self, .info, "client closed the connection before it was answered")
            close()
        case .closed: break
        }
    }

    /// No request, or no whole head, within the time.
    func headTimedOut() {
        if answeredRequests > 0 || inbox.isEmpty {
            close()
            return
        }
        refuseHead(status: 408)
    }

    /// Answers a head that can not be read, or is not here in time. Nobody knows where the next
    /// one would begin, so the connection ends.
    private func refuseHead(status: Int) {
        state = .exchanging
        exchange.keepsAlive = false
        exchange.beginUnreadable()
        exchange.refuse(status: status)
    }
}
