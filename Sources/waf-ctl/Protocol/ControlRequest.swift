// What is asked: one JSON object a line.

import Foundation

struct ControlRequest: Encodable {
    var verb: String
    /// Of `reload`: `config` or `rules`.
    var scope: String?
    /// Of `conn list`.
    var from: String?
    var limit: String?
    /// Of `conn close`.
    var id: String?

    /// Of `rules` and `rule`: numbers as text, and what chooses the rule set.
    var set: String?
    var location: String?
    var from: String?
    var id: String?

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
