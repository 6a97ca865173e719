// What is asked: one JSON object a line.

import Foundation

struct ControlRequest: Encodable {
    var verb: String
    /// Of `reload`: `config` or `rules`.
    var scope: String?

    init(_ verb: String, scope: String? = nil) {
        self.verb = verb
        self.scope = scope
    }

    var line: Data {
        get throws { try JSONEncoder().encode(self) + Data([0x0A]) }
    }
}
