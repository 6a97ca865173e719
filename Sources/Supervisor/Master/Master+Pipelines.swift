// waf-ctl pipeline show: the chains in force, and what their stages have done in all workers.

internal import Gateway
internal import Pipeline
internal import Posix

extension Master {
    func showPipelines(_ client: Int, _ now: Int64) {
        let asked = pool.slots.filter { $0.channelNumber != nil }.count
        let query = ConnectionQuery(
            number: nextQuery, client: client, deadline: now + SupervisorLimits.connectionsTimeout,
            kind: .stages(waitingFor: asked, sums: []))
        nextQuery &+= 1
        connectionQueries.append(query)
        perform(pool.broadcast(.listStages(query: query.number), now: now))
    }

    /// One worker's counters; none from one that is gone.
    func received(_ counters: [StageCounters], _ number: UInt32, _ now: Int64) {
        guard let index = connectionQueries.firstIndex(where: { $0.number == number }),
            case .stages(let waiting, var sums) = connectionQueries[index].kind
        else { return }
        for (place, one) in counters.enumerated() {
            if place < sums.count { sums[place] = sums[place] + one } else { sums.append(one) }
        }
        connectionQueries[index].kind = .stages(waitingFor: waiting - 1, sums: sums)
        if waiting <= 1 { finish(number, now) }
    }
}
