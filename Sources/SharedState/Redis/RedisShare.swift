// A dictionary that is shared with other machines: what this worker has counted goes to Redis in intervals,
// and what all have counted comes back. Every decision is taken locally, with what is known; nothing waits.

package import SharedDictionary

/// What changed for whoever watches over the connection.
package enum RedisNotice: Equatable, Sendable {
    case connected
    case failed(String)
}

/// One worker's share of one dictionary. For one thread.
package final class RedisShare {
    package let flood = FloodLedger()
    package let bans = BanLedger()
    package private(set) var statistics = RedisStatistics()
    /// For the log; the caller empties it.
    package private(set) var notices: [RedisNotice] = []

    let settings: RedisSettings
    let table: EntryTable
    private let banList: BanList
    let keys: RedisKeys
    private var cycle: RedisCycle
    private var connection: RedisConnection?
    private var connectionNumber = 0
    /// Whether an exchange over this connection was answered: a relay may accept it with nobody behind.
    private var hasProved = false
    /// What the answers that are owed are to.
    private var owed: [RedisQuestion] = []
    private var owedIndex = 0
    /// The last change of a ban that was taken over, as Redis names it.
    var lastChange = "0"
    /// There may be more behind it.
    var hasMoreChanges = false
    /// Why the connection that is about to be closed is.
    private var refusal: String?
    /// The times of the call under way: monotonic milliseconds, microseconds since 1970.
    private var now: Int64 = 0
    var wallNow: Int64 = 0

    package init(_ settings: RedisSettings, dictionary: String, table: EntryTable) {
        self.settings = settings
        self.table = table
        banList = BanList(in: table)
        keys = RedisKeys(prefix: settings.prefix, dictionary: dictionary)
        cycle = RedisCycle(intervalMilliseconds: settings.intervalMilliseconds)
    }

    deinit { connection?.close() }

    // MARK: For the loop

    /// What the connection's descriptor is to be watched for; `number` tells one connection from the next.
    package struct Watch: Equatable {
        package var descriptor: Int32
        package var number: Int
        package var isReading: Bool
        package var isWriting: Bool
    }

    /// nil while there is no connection.
    package var watch: Watch? {
        guard let connection, let descriptor = connection.descriptor else { return nil }
        return Watch(
            descriptor: descriptor, number: connectionNumber, isReading: connection.wantsReading,
            isWriting: connection.wantsWriting)
    }

    /// Monotonic milliseconds at which `tick` has something to do.
    package var wakeAt: Int64 { cycle.wakeAt(hasNews: hasNews) }
    package var isUp: Bool { cycle.isUp && hasProved }

    /// - Parameters:
    ///   - now: Monotonic milliseconds.
    ///   - wallNow: Microseconds since 1970.
    package func tick(now: Int64, wallNow: Int64) {
        (self.now, self.wallNow) = (now, wallNow)
        guard wakeAt <= now else { return }
        perform(.tick(hasNews: hasNews))
    }

    /// The descriptor is ready.
    package func proceed(reading: Bool, writing: Bool, now: Int64, wallNow: Int64) {
        (self.now, self.wallNow) = (now, wallNow)
        connection?.proceed(reading: reading, writing: writing)
        if refusal != nil { perform(.refused) }
        updateDropped()
    }

    package func takeNotices() -> [RedisNotice] {
        defer { notices = [] }
        return notices
    }

    private var hasNews: Bool { !flood.pending.isEmpty || !bans.pending.isEmpty || hasMoreChanges }

    private func updateDropped() { statistics.dropped = flood.dropped + bans.dropped }

    // MARK: Steps

    private func perform(_ event: RedisCycle.Event) {
        switch cycle.received(event, now: now) {
        case .nothing: break
        case .connect: connect()
        case .greet: greet()
        case .exchange: exchange()
        case .giveUp: giveUp()
        }
    }

    private func connect() {
        connectionNumber += 1
        hasProved = false
        connection = RedisConnection(host: settings.host, port: settings.port, owner: self)
        if connection == nil {
            refusal = "the system refuses the connection"
            perform(.lost)
        }
    }

    private func greet() {
        guard let password = settings.password else { return perform(.answered) }
        owed = [.greeting]
        connection?.send(RedisCommand("AUTH", password))
    }

    private func exchange() {
        statistics.exchanges += 1
        flood.beginTelling()
        owed.removeAll(keepingCapacity: true)
        owedIndex = 0
        for (question, command) in questions() {
            owed.append(question)
            connection?.send(command)
        }
    }

    private func giveUp() {
        // What the connection still has to say is of no more interest: this must not come back here.
        let ended = connection
        connection = nil
        ended?.close()
        owed.removeAll(keepingCapacity: true)
        owedIndex = 0
        flood.takeBack()
        bans.takeBack()
        statistics.failures += 1
        notices.append(.failed(refusal ?? "no answer"))
        refusal = nil
        updateDropped()
    }

    private func finish() {
        owed.removeAll(keepingCapacity: true)
        owedIndex = 0
        // Before that it was the password.
        if cycle.isUp {
            flood.settle()
            bans.settle()
            if !hasProved { notices.append(.connected) }
            hasProved = true
        }
        perform(.answered)
    }
}

extension RedisShare: RedisConnectionOwner {
    func redisConnected() {
        perform(.connected)
    }

    func redisAnswered(_ reply: RedisReply) {
        guard owedIndex < owed.count, refusal == nil else { return }
        let question = owed[owedIndex]
        owedIndex += 1
        if case .error(let text) = reply {
            refusal = text
        } else if !take(reply, to: question, banList) {
            refusal = "an answer that was not expected"
        } else if owedIndex == owed.count {
            finish()
        }
    }

    func redisClosed(_ reason: String) {
        if refusal == nil { refusal = reason.isEmpty ? "the connection was closed" : reason }
        perform(.lost)
    }
}
