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

    init(_ verb: String, scope: String? = nil) {
        self.verb = verb
        self.scope = scope
    }

    var line: Data {
        get throws { try JSONEncoder().encode(self) + Data([0x0A]) }
    }
}
