// Attempts that come to nothing, other servers, and connections that are given back.

internal import Bytes
internal import HTTPMessage
internal import Journal
internal import Metrics
internal import Posix
internal import Transport

extension Exchange {
    /// The attempt under way has failed: another server, or an answer.
    func attemptFailed(_ failure: UpstreamFailure) {
        guard let connection = upstream.connection else { return }
        let wasReused = connection.isReused && failure == .closedEarly
        let origin = connection.origin
        closeUpstream()
        if wasReused, !upstream.hasStreamedContent, upstream.mayRepeat(after: failure, session.head.knownMethod) {
            // The server had closed the kept connection: no fault of its own.
            upstream.wantsFreshConnection = true
            response = .none
            request = .connecting
            connect()
            return
        }
        failed(failure, at: origin)
    }

    func failed(_ failure: UpstreamFailure, at origin: UpstreamServer) {
        worker.stats.add(.upstreamFailures)
        let address = origin.upstream.flatMap { generation!.upstreams.address(of: origin.server, in: $0) }
        worker.log.client(session, .error, "upstream \(address?.hostText ?? "") \(failure.text)")
        if let index = origin.upstream {
            generation!.upstreams.failed(origin.server, of: index, now: worker.now)
            upstream.tried.insert(origin.server)
            if upstream.mayRepeat(after: failure, session.head.knownMethod) {
                response = .none
                request = .connecting
                connectToNext(failure)
                return
            }
        }
        refuse(status: failure.status)
    }

    private func connectToNext(_ failure: UpstreamFailure) {
        let set = generation!.upstreams
        guard let index = upstream.upstream,
            set.chooseServer(of: index, excluding: upstream.tried, now: worker.now) != nil
        else {
            refuse(status: failure.status)
            return
        }
        connect()
    }

    /// Counts a failure that is not tried again.
    func failUpstream() {
        if let origin = upstream.connection?.origin, let index = origin.upstream {
            generation!.upstreams.failed(origin.server, of: index, now: worker.now)
        }
        worker.stats.add(.upstreamFailures)
        closeUpstream()
    }

    func closeUpstream() {
        guard let connection = upstream.connection else { return }
        upstream.connection = nil
        worker.closeUpstream(connection)
    }

    /// The response is complete: the connection goes back to the pool if it may.
    func releaseUpstream(mayReuse: Bool) {
        guard let connection = upstream.connection else { return }
        if let index = connection.origin.upstream { connection.set.succeeded(connection.origin.server, of: index) }
        guard mayReuse, request == .sent, connection.stream?.isBlocked == false,
            let index = connection.origin.upstream, connection.set === worker.generation.upstreams
        else {
            closeUpstream()
            return
        }
        upstream.connection = nil
        connection.exchange = nil
        if connection.stream?.isReading == false { connection.stream!.resumeReading(on: worker.poller) }
        if let surplus = connection.set.keepIdle(connection.handle, server: connection.origin.server, of: index),
            let closing = worker.tables.upstream(surplus)
        {
            worker.closeUpstream(closing)
        }
    }
}
