// What a configuration says of sharing a dictionary with other machines.

/// The Redis server of one `shared_dict`.
package struct RedisSettings: Equatable, Sendable {
    /// A numeric address, or `unix:/path`.
    package var host: String
    /// 0 for a unix socket.
    package var port: UInt16
    /// What all keys in Redis begin with, before the dictionary's name.
    package var prefix = "wafd"
    /// Between two exchanges while there is something to tell.
    package var intervalMilliseconds = 50
    /// The file that has the password, as the master reads it; nil: the server asks for none.
    package var passwordPath: String?
    /// What the file holds: in the memory of master and workers only.
    package var password: String?

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// `host:port` for people.
    package var address: String {
        if host.hasPrefix("unix:") { return host }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    package static let intervalRange = 10...10_000
    package static let prefixBytes = 64
    package static let passwordBytes = 512
    package static let defaultPort: UInt16 = 6379

    /// Letters, digits and `_-.:`. Braces would move the keys of one dictionary apart in a cluster.
    package static func isPrefix(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= prefixBytes
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", ":": true
                default: false
                }
            }
    }
}
