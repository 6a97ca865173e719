// What is loaded, but is probably not what its author wanted.

/// Printed as `file:line:column: warning: reason`.
package struct ConfigurationWarning: Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        case conflictingServerName(name: String, address: String)
        case suspiciousServerName(name: String)
        case unreachableLocation(path: String)
        case inspectionWithoutRules
        case pipelineWithoutRules(name: String)
        case noEffect(directive: String, why: String)
        case noServer
        case noFileMatches(pattern: String)
        case unknownTarget(uri: String)
        case targetWithoutProxy(uri: String)
    }

    package var location: SourceLocation
    package var reason: Reason

    init(_ location: SourceLocation, _ reason: Reason) {
        self.location = location
        self.reason = reason
    }

    package var description: String { "\(location): warning: \(reason)" }
}

extension ConfigurationWarning.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .conflictingServerName(let name, let address):
            "server name \"\(name)\" is taken on \(address) by an earlier server and is ignored here"
        case .suspiciousServerName(let name): "server name \"\(name)\" holds characters that no host has"
        case .unreachableLocation(let path):
            "location \"\(path)\" does not start with \"/\" and never matches"
        case .inspectionWithoutRules:
            "\"waf\" is on, but no \"waf_rules_file\" holds here: nothing will be found"
        case .pipelineWithoutRules(let name):
            "pipeline \"\(name)\" has no stage \"rules\": the rules that hold here are not run"
        case .noEffect(let directive, let why): "\(directive) has no effect: \(why)"
        case .noServer: "there is no \"server\" in an \"http\" block: nothing is listened on"
        case .noFileMatches(let pattern): "no file matches \"\(pattern)\""
        case .unknownTarget(let uri):
            "waf_target \"\(uri)\" names no location of this server: nothing is known of its requests"
        case .targetWithoutProxy(let uri):
            "the location of waf_target \"\(uri)\" has no \"proxy_pass\": nothing is known of its requests"
        }
    }
}
