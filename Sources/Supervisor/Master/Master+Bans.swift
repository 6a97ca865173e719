// waf-ctl ban, unban, bans: the master writes to the memory that all workers look at.

internal import Bytes
internal import Gateway
internal import Journal
internal import Posix
internal import Reports
internal import SharedState

extension Master {
    func ban(_ key: String, _ seconds: Int, _ dictionary: String?) -> JSONValue {
        withBans(dictionary) { name, bans, now in
            let text = ByteText(key)
            let isDone = withExtendedLifetime(text) { bans.ban(key: text.view, seconds: seconds, now: now) }
            guard isDone else {
                return ControlAnswer.failed(["error: dictionary \"\(name)\" has no room for the ban"])
            }
            tellOthers(name, key, end: now / 1_000 + Int64(seconds) * 1_000)
            logs.write(.notice, "\(key) is banned for \(seconds) s in \(name)")
            return ControlAnswer.done([
                ("key", .string(key)), ("dict", .string(name)), ("seconds", .integer(seconds)),
            ])
        }
    }

    func unban(_ key: String, _ dictionary: String?) -> JSONValue {
        withBans(dictionary) { name, bans, now in
            let text = ByteText(key)
            let isDone = withExtendedLifetime(text) { bans.unban(key: text.view, now: now) }
            guard isDone else {
                return ControlAnswer.failed(["error: \"\(key)\" is not banned in \(name)"])
            }
            tellOthers(name, key, end: 0)
            logs.write(.notice, "\(key) is no longer banned in \(name)")
            return ControlAnswer.done([("key", .string(key)), ("dict", .string(name))])
        }
    }

    func listBans(_ place: Int, _ limit: Int, _ dictionary: String?) -> JSONValue {
        withBans(dictionary) { name, bans, now in
            let page = bans.list(from: place, limit: limit, now: now)
            return ControlAnswer.done([
                ("dict", .string(name)),
                (
                    "bans",
                    .array(
                        page.bans.map { ban in
                            .object([
                                ("key", .string(String(decoding: ban.key, as: UTF8.self))),
                                ("seconds_left", .integer(Int((ban.end - now / 1_000 + 999) / 1_000))),
                            ])
                        })
                ),
                ("next", page.next.map { .string(String($0)) } ?? .null),
            ])
        }
    }

    /// The master has no connection to Redis: one of the workers passes it on.
    private func tellOthers(_ name: String, _ key: String, end: Int64) {
        guard dictionaries.redis.contains(where: { $0.name == name }),
            let slot = pool.slots.first(where: { $0.channelNumber != nil })
        else { return }
        perform(
            pool.send(
                .tellBan(dictionary: name, key: key, end: end), descriptors: [], toSlot: slot.index,
                now: MonotonicClock.milliseconds()))
    }

    private func withBans(
        _ dictionary: String?, _ body: (_ name: String, BanList, _ now: Int64) -> JSONValue
    ) -> JSONValue {
        let name = dictionary ?? BanList.dictionary(among: dictionaries.names)
        guard let bans = dictionaries.bans(in: name) else {
            let known = dictionaries.names.joined(separator: ", ")
            return ControlAnswer.failed(["error: no shared_dict \"\(name)\", there are: \(known)"])
        }
        return body(name, bans, Int64(clamping: WallClock.milliseconds) * 1_000)
    }
}
