// Requests about bans.

internal import Posix
internal import SharedDictionary
internal import SharedState

extension ControlRequest {
    static func ban(_ members: inout [String: String]) throws(ControlRequestError) -> ControlRequest {
        // Only addresses are looked up as such; bans of other keys are a pipeline's to set.
        guard let key = address(members.removeValue(forKey: "key") ?? "") else {
            throw .badMember("key", verb: "ban")
        }
        guard let seconds = Int(members.removeValue(forKey: "seconds") ?? ""),
            StateLimits.banSeconds.contains(seconds)
        else { throw .badMember("seconds", verb: "ban") }
        return .ban(key: key, seconds: seconds, dictionary: try dictionary(&members, verb: "ban"))
    }

    static func unban(_ members: inout [String: String]) throws(ControlRequestError) -> ControlRequest {
        guard let key = members.removeValue(forKey: "key"), !key.isEmpty else {
            throw .badMember("key", verb: "unban")
        }
        return .unban(key: address(key) ?? key, dictionary: try dictionary(&members, verb: "unban"))
    }

    static func listBans(_ members: inout [String: String]) throws(ControlRequestError) -> ControlRequest {
        let from = try number("from", &members) ?? 0
        let limit = try number("limit", &members) ?? 1_000
        guard (1...UInt32(SupervisorLimits.bansInAnswer)).contains(limit) else {
            throw .badMember("limit", verb: "bans")
        }
        let dictionary = try dictionary(&members, verb: "bans")
        return .listBans(from: Int(from), limit: Int(limit), dictionary: dictionary)
    }

    private static func dictionary(
        _ members: inout [String: String], verb: String
    ) throws(ControlRequestError) -> String? {
        guard let name = members.removeValue(forKey: "dict") else { return nil }
        guard DictionarySettings.isName(name) else { throw .badMember("dict", verb: verb) }
        return name
    }

    /// As the workers write a client's address; nil for what is none.
    private static func address(_ text: String) -> String? {
        guard !text.hasPrefix("unix:") else { return nil }
        return SocketAddress(host: text, port: 0)?.hostText
    }
}
