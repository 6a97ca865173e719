// What a client of the control socket may ask: one JSON object a line.
//
//   {"verb":"status"}  {"verb":"stats"}  {"verb":"test"}  {"verb":"version"}
//   {"verb":"conn list"}  {"verb":"conn list","from":"1:64","limit":"50"}  {"verb":"conn close","id":"..."}
//   {"verb":"pipeline show"}
//   {"verb":"reload"}  {"verb":"reload","scope":"rules"}  {"verb":"reload","scope":"config"}
//   {"verb":"ban","key":"192.0.2.1","seconds":"600"}  {"verb":"unban","key":"192.0.2.1"}
//   {"verb":"bans"}  {"verb":"bans","from":"64","limit":"50"}, each with "dict" where it is not the usual one
//   {"verb":"rules","set":"0","from":"1000"}  {"verb":"rules","location":"shop.example/chat"}
//   {"verb":"rule","id":"942100"}, with "set" or "location" where there are several sets

package import Gateway

/// What a load reads again.
package enum LoadScope: String, Sendable {
    /// The configuration and the rule files that it names.
    case configuration = "config"
    /// The rule files of the configuration in force.
    case rules
}

package enum ControlRequest: Equatable, Sendable {
    case status
    case stats
    case reload(LoadScope)
    /// Loads and compiles everything, and changes nothing.
    case test
    case version
    /// Rules of the generation in force, from a place in the list on.
    case rules(RuleSetChoice, from: Int)
    case rule(RuleSetChoice, id: UInt32)
    /// Open WebSockets from a place on, as the answer before named it.
    case listConnections(from: ConnectionPlace, limit: Int)
    case closeConnection(identifier: String)
    /// The pipelines in force with the counters of their stages.
    case showPipelines
    /// Bans, of the dictionary of that name or of the usual one.
    case ban(key: String, seconds: Int, dictionary: String?)
    case unban(key: String, dictionary: String?)
    case listBans(from: Int, limit: Int, dictionary: String?)

    package static func parse(_ line: [UInt8]) throws(ControlRequestError) -> ControlRequest {
        var members: [String: String]
        do throws(FlatObjectError) {
            members = try FlatObjectParser.parse(line)
        } catch {
            throw .malformed(error)
        }
        guard let verb = members.removeValue(forKey: "verb") else { throw .noVerb }
        let request: ControlRequest
        switch verb {
        case "status": request = .status
        case "stats": request = .stats
        case "test": request = .test
        case "version": request = .version
        case "conn list":
            let place = members.removeValue(forKey: "from") ?? ""
            guard let start = ConnectionPlace(place) else { throw .badMember("from", verb: verb) }
            let most = SupervisorLimits.connectionsInAnswer
            let limit = members.removeValue(forKey: "limit").map { Int($0) ?? 0 } ?? 100
            guard (1...most).contains(limit) else { throw .badMember("limit", verb: verb) }
            request = .listConnections(from: start, limit: limit)
        case "pipeline show": request = .showPipelines
        case "conn close":
            guard let identifier = members.removeValue(forKey: "id"), !identifier.isEmpty,
                identifier.utf8.count <= ConnectionPage.textBytes
            else { throw .badMember("id", verb: verb) }
            request = .closeConnection(identifier: identifier)
        case "ban": request = try ban(&members)
        case "unban": request = try unban(&members)
        case "bans": request = try listBans(&members)
        case "reload":
            let word = members.removeValue(forKey: "scope") ?? LoadScope.configuration.rawValue
            guard let scope = LoadScope(rawValue: word) else { throw .unknownScope(word) }
            request = .reload(scope)
        case "rules":
            let from = try number("from", &members) ?? 0
            request = .rules(try ruleSet(&members), from: Int(from))
        case "rule":
            guard let id = try number("id", &members) else { throw .missingMember("id", verb: verb) }
            request = .rule(try ruleSet(&members), id: id)
        default: throw .unknownVerb(verb)
        }
        if let name = members.keys.min() { throw .unknownMember(name, verb: verb) }
        return request
    }

    private static func ruleSet(
        _ members: inout [String: String]
    ) throws(ControlRequestError) -> RuleSetChoice {
        if let location = members.removeValue(forKey: "location") { return .location(location) }
        return try number("set", &members).map { .number(Int($0)) } ?? .only
    }

    static func number(
        _ name: String, _ members: inout [String: String]
    ) throws(ControlRequestError) -> UInt32? {
        guard let text = members.removeValue(forKey: name) else { return nil }
        guard let number = UInt32(text) else { throw .notANumber(text, member: name) }
        return number
    }
}

package enum ControlRequestError: Error, Equatable, Sendable, CustomStringConvertible {
    case malformed(FlatObjectError)
    case noVerb
    case unknownVerb(String)
    case unknownScope(String)
    case unknownMember(String, verb: String)
    case missingMember(String, verb: String)
    case notANumber(String, member: String)
    case badMember(String, verb: String)
    case lineTooLong(limitBytes: Int)
    case tooManyClients(limit: Int)

    package var description: String {
        switch self {
        case .malformed(let error): "error: malformed request: \(error)"
        case .noVerb: "error: the request has no \"verb\""
        case .unknownVerb(let verb):
            "error: unknown verb \"\(verb)\", expected status, stats, reload, test, rules, rule, conn list, conn close, ban, unban, bans or version"
        case .unknownScope(let scope): "error: unknown scope \"\(scope)\", expected \"config\" or \"rules\""
        case .badMember(let name, let verb): "error: missing or wrong member \"\(name)\" of verb \"\(verb)\""
        case .unknownMember(let name, let verb): "error: unknown member \"\(name)\" of verb \"\(verb)\""
        case .missingMember(let name, let verb): "error: verb \"\(verb)\" needs a member \"\(name)\""
        case .notANumber(let text, let name): "error: \"\(name)\" takes a number, found \"\(text)\""
        case .lineTooLong(let limit): "error: request line longer than \(limit) bytes"
        case .tooManyClients(let limit): "error: more than \(limit) clients"
        }
    }
}
