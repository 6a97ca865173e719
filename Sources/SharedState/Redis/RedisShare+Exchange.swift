// What is told in one exchange, and what is done with the answers.

internal import Bytes
internal import SharedDictionary

extension RedisShare {
    /// Everything that waits, then the question for changes of bans.
    func questions() -> [(RedisQuestion, RedisCommand)] {
        var all: [(RedisQuestion, RedisCommand)] = []
        var place = 0
        while place < flood.told.sums.count {
            let count = min(RedisLimits.countsInCommand, flood.told.sums.count - place)
            all.append((.counts(from: place, count: count), counts(from: place, count)))
            place += count
        }
        for change in bans.beginTelling() { all.append((.ban, ban(change))) }
        var command = RedisCommand("EVAL", RedisScripts.changes, "1", keys.changes, lastChange)
        command.append(Int64(RedisLimits.changesInExchange))
        command.append(keys.banBase)
        return all + [(.changes, command)]
    }

    private func counts(from first: Int, _ count: Int) -> RedisCommand {
        var command = RedisCommand("EVAL", RedisScripts.counts, String(count))
        for index in first..<first + count {
            let sum = flood.told.sums[index]
            command.append(keys.count(zone: flood.zones[sum.zone].name, flood.told.key(of: sum)))
        }
        for index in first..<first + count {
            let sum = flood.told.sums[index]
            command.append(Self.microseconds(sum.consumed))
            command.append(max(0, wallNow - sum.since))
            command.append(flood.zones[sum.zone].mostMicroseconds)
        }
        return command
    }

    private func ban(_ change: BanChange) -> RedisCommand {
        // A ban that has ended while it waited is told as an end.
        let left = change.end == 0 ? 0 : max(0, change.end - wallNow / 1_000)
        var command = RedisCommand("EVAL", RedisScripts.ban, "2", keys.changes)
        command.append(keys.ban(change.key.view))
        command.append(change.key)
        command.append(left)
        command.append(Int64(RedisLimits.rememberedChanges))
        command.append(Int64(RedisLimits.endRememberedSeconds))
        command.append(keys.banBase)
        return command
    }

    /// A count of microseconds with three digits behind the point.
    private static func microseconds(_ nanoseconds: Int64) -> String {
        let rest = String(nanoseconds % 1_000)
        return "\(nanoseconds / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    // MARK: Answers

    /// - Returns: false for an answer that no script gives.
    func take(_ reply: RedisReply, to question: RedisQuestion, _ list: BanList) -> Bool {
        switch (question, reply) {
        case (.greeting, _), (.ban, .integer): return true
        case (.counts(let first, let count), .array(let ahead)): return takeCounts(ahead, first, count)
        case (.changes, .array(let items)): return takeChanges(items, list)
        case (.counts, _), (.ban, _), (.changes, _): return false
        }
    }

    /// The later of what is known here and what Redis says holds. What was let pass meanwhile comes on top.
    private func takeCounts(_ ahead: [RedisReply], _ first: Int, _ count: Int) -> Bool {
        guard ahead.count == count, first + count <= flood.told.sums.count else { return false }
        for (index, value) in ahead.enumerated() {
            guard case .integer(let microseconds) = value, microseconds < Self.farthest else { return false }
            guard microseconds > 0 else { continue }
            let sum = flood.told.sums[first + index]
            let since = min(flood.pending.consumed(of: sum.entry), Self.farthest)
            let arrival = (wallNow + microseconds) * 1_000 + since
            let milliseconds = wallNow / 1_000
            let keep = flood.zones[sum.zone].keep
            let draft = EntryDraft(name: flood.told.key(of: sum), expiry: milliseconds + keep)
            _ = table.update(
                sum.entry, draft, at: milliseconds,
                keptUntil: milliseconds + keep - StateLimits.countSlackMilliseconds
            ) { max($0, arrival) }
        }
        return true
    }

    /// Ten years, in microseconds: no limit's bucket lasts longer.
    private static let farthest: Int64 = 315_360_000_000_000

    private func takeChanges(_ items: [RedisReply], _ list: BanList) -> Bool {
        guard items.count % 3 == 0 else { return false }
        for index in stride(from: 0, to: items.count, by: 3) {
            guard case .bytes(let key) = items[index], case .bytes(let number) = items[index + 1],
                case .integer(let left) = items[index + 2]
            else { return false }
            let text = ByteText(bytes: key)
            let end = left > 0 ? wallNow / 1_000 + left : 0
            _ = withExtendedLifetime(text) { list.takeOver(key: text.view, end: end, now: wallNow) }
            lastChange = String(decoding: number, as: UTF8.self)
        }
        hasMoreChanges = items.count / 3 >= RedisLimits.changesInExchange
        return true
    }
}
