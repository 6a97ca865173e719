// What is asked: one JSON object a line.

import Foundation

struct ControlRequest: Encodable {
    var verb: String
    /// Of `reload`: `config` or `rules`.
    var scope: String?
    /// Where a list goes on, and how many items of it: of `conn list` and `rules`.
    var from: String?
    var limit: String?
    /// Of `conn close` and `rule`.
    var id: String?
    /// Of `ban`, `unban` and `bans`.
    var key: String?
    var seconds: String?
    var dict: String?
    /// What chooses the rule set of `rules` and `rule`.
    var set: String?
    var location: String?

    init(_ verb: String, scope: String? = nil) {
        self.verb = verb
        self.scope = scope
    }

    init(_ verb: String, _ chosen: RuleSetOptions) {
        self.verb = verb
        set = chosen.set.map { String($0) }
        location = chosen.location
    }

    var line: Data {
        get throws { try JSONEncoder().encode(self) + Data([0x0A]) }
    }
}
