// What a client of the control socket may ask: one JSON object a line.
//
//   {"verb":"status"}  {"verb":"stats"}  {"verb":"test"}  {"verb":"version"}
//   {"verb":"conn list"}  {"verb":"conn list","from":"1:64","limit":"50"}  {"verb":"conn close","id":"..."}
//   {"verb":"reload"}  {"verb":"reload","scope":"rules"}  {"verb":"reload","scope":"config"}

internal import Gateway

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
    /// Open WebSockets from a place on, as the answer before named it.
    case listConnections(from: ConnectionPlace, limit: Int)
    case closeConnection(identifier: String)

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
        case "conn close":
            guard let identifier = members.removeValue(forKey: "id"), !identifier.isEmpty,
                identifier.utf8.count <= ConnectionPage.textBytes
            else { throw .badMember("id", verb: verb) }
            request = .closeConnection(identifier: identifier)
        case "reload":
            let word = members.removeValue(forKey: "scope") ?? LoadScope.configuration.rawValue
            guard let scope = LoadScope(rawValue: word) else { throw .unknownScope(word) }
            request = .reload(scope)
        default: throw .unknownVerb(verb)
        }
        if let name = members.keys.min() { throw .unknownMember(name, verb: verb) }
        return request
    }
}

package enum ControlRequestError: Error, Equatable, Sendable, CustomStringConvertible {
    case malformed(FlatObjectError)
    case noVerb
    case unknownVerb(String)
    case unknownScope(String)
    case unknownMember(String, verb: String)
    case badMember(String, verb: String)
    case lineTooLong(limitBytes: Int)
    case tooManyClients(limit: Int)

    package var description: String {
        switch self {
        case .malformed(let error): "error: malformed request: \(error)"
        case .noVerb: "error: the request has no \"verb\""
        case .unknownVerb(let verb):
            "error: unknown verb \"\(verb)\", expected status, stats, reload, test, version, conn list or conn close"
        case .unknownScope(let scope): "error: unknown scope \"\(scope)\", expected \"config\" or \"rules\""
        case .badMember(let name, let verb): "error: missing or wrong member \"\(name)\" of verb \"\(verb)\""
        case .unknownMember(let name, let verb): "error: unknown member \"\(name)\" of verb \"\(verb)\""
        case .lineTooLong(let limit): "error: request line longer than \(limit) bytes"
        case .tooManyClients(let limit): "error: more than \(limit) clients"
        }
    }
}
