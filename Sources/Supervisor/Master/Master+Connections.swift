// waf-ctl conn: lists and ends WebSockets, which only their workers know.
//
// A list asks one worker after the other, page by page, so that neither a message nor the answer
// grows with the number of connections.

internal import Pipeline
internal import Reports
internal import Gateway
internal import Posix

extension Master {
    func list(from start: ConnectionPlace, limit: Int, _ client: Int, _ now: Int64) {
        let query = ConnectionQuery(
            number: nextQuery, client: client, deadline: now + SupervisorLimits.connectionsTimeout,
            kind: .list(at: start, found: [], limit: limit))
        nextQuery &+= 1
        connectionQueries.append(query)
        ask(query.number, now)
    }

    /// Asks the worker whose turn it is, or answers when all have been asked.
    private func ask(_ number: UInt32, _ now: Int64) {
        guard let index = connectionQueries.firstIndex(where: { $0.number == number }),
            case .list(var place, let found, let limit) = connectionQueries[index].kind
        else { return }
        while place.slot < pool.slots.count, pool.slots[place.slot].channelNumber == nil {
            place = ConnectionPlace(slot: place.slot + 1)
        }
        connectionQueries[index].kind = .list(at: place, found: found, limit: limit)
        guard found.count < limit, place.slot < pool.slots.count else { return finish(number, now) }
        perform(
            pool.send(
                .listConnections(query: number, from: place.index), descriptors: [], toSlot: place.slot,
                now: now))
    }

    func received(_ page: ConnectionPage, ofSlot slot: Int, _ number: UInt32, _ now: Int64) {
        guard let index = connectionQueries.firstIndex(where: { $0.number == number }),
            case .list(let place, var found, let limit) = connectionQueries[index].kind, place.slot == slot
        else { return }
        found += page.connections.map { (slot, $0) }
        let next =
            page.next == 0 ? ConnectionPlace(slot: slot + 1) : ConnectionPlace(slot: slot, index: page.next)
        connectionQueries[index].kind = .list(at: next, found: found, limit: limit)
        ask(number, now)
    }

    func end(_ identifier: String, _ client: Int, _ now: Int64) {
        let asked = pool.slots.filter { $0.channelNumber != nil }.count
        let query = ConnectionQuery(
            number: nextQuery, client: client, deadline: now + SupervisorLimits.connectionsTimeout,
            kind: .end(waitingFor: asked))
        nextQuery &+= 1
        connectionQueries.append(query)
        perform(pool.broadcast(.closeConnection(query: query.number, identifier: identifier), now: now))
    }

    func receivedEnd(_ wasFound: Bool, _ number: UInt32, _ now: Int64) {
        guard let index = connectionQueries.firstIndex(where: { $0.number == number }),
            case .end(let waiting) = connectionQueries[index].kind
        else { return }
        connectionQueries[index].kind = .end(waitingFor: waiting - 1)
        if wasFound {
            let query = connectionQueries.remove(at: index)
            answer(ControlAnswer.done([]), to: query.client, now)
        } else if waiting <= 1 {
            finish(number, now)
        }
    }

    /// Answers with what there is.
    func finish(_ number: UInt32, _ now: Int64) {
        guard let index = connectionQueries.firstIndex(where: { $0.number == number }) else { return }
        let query = connectionQueries.remove(at: index)
        switch query.kind {
        case .list(let place, let found, _):
            let isWhole = place.slot >= pool.slots.count
            answer(
                ControlAnswer.done([
                    ("connections", .array(found.map { $0.1.members(slot: $0.slot) })),
                    ("next", isWhole ? .null : .string(place.text)),
                ]), to: query.client, now)
        case .stages(_, let sums): answer(StageAnswer.value(policy.pipelines, sums), to: query.client, now)
        case .end:
            answer(ControlAnswer.failed(["error: no WebSocket of that id is open"]), to: query.client, now)
        }
    }

    /// A worker that is gone has no connections.
    func goOnWithQueries(without slot: Int, _ now: Int64) {
        for query in connectionQueries {
            switch query.kind {
            case .list(let place, _, _) where place.slot == slot: ask(query.number, now)
            case .list: break
            case .end: receivedEnd(false, query.number, now)
            case .stages: received([], query.number, now)
            }
        }
    }

    /// Workers that do not answer in time are left out.
    func giveUpQueries(_ now: Int64) {
        for query in connectionQueries where query.deadline <= now { finish(query.number, now) }
    }
}
