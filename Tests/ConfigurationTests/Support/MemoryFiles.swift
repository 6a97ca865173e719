import Configuration

/// Files in a table.
struct MemoryFiles: FileReader {
    var texts: [String: String]

    func read(_ path: String) -> [UInt8]? { texts[path].map { Array($0.utf8) } }

    func glob(_ pattern: String) -> [String] {
        // In no order, as the protocol allows.
        texts.keys.filter { Self.matches(Substring(pattern), Substring($0)) }
    }

    /// `*` and `?`, neither of which matches a slash.
    private static func matches(_ pattern: Substring, _ path: Substring) -> Bool {
        guard let wanted = pattern.first else { return path.isEmpty }
        switch wanted {
        case "*":
            if matches(pattern.dropFirst(), path) { return true }
            guard let next = path.first, next != "/" else { return false }
            return matches(pattern, path.dropFirst())
        case "?":
            guard let next = path.first, next != "/" else { return false }
            return matches(pattern.dropFirst(), path.dropFirst())
        default: return path.first == wanted && matches(pattern.dropFirst(), path.dropFirst())
        }
    }
}

/// Hosts that the tests know.
let testHosts = [
    "app.example": ["192.0.2.10", "2001:DB8::10"], "one.example": ["192.0.2.1"],
    "localhost": ["127.0.0.1", "::1"], "broken.example": [], "odd.example": ["not an address"],
]

/// Loads `text` as /etc/wafd/wafd.conf.
func load(
    _ text: String, files: [String: String] = [:], extra: String = "", prefix: String = "/srv/wafd",
    defaultPort: UInt16 = 80
) -> Result<LoadedConfiguration, ConfigurationErrors> {
    let all = files.merging(["/etc/wafd/wafd.conf": text]) { $1 }
    return ConfigurationLoader.load(
        path: "/etc/wafd/wafd.conf", prefix: prefix, extraDirectives: extra, files: MemoryFiles(texts: all),
        defaultPort: defaultPort, resolve: { testHosts[$0] })
}

/// The lines of all errors and warnings, the file's name shortened.
func report(_ text: String, files: [String: String] = [:], extra: String = "") -> String {
    let lines =
        switch load(text, files: files, extra: extra) {
        case .success(let loaded): loaded.warnings.map(\.description)
        case .failure(let errors): [errors.description]
        }
    return lines.joined(separator: "\n").replacing("/etc/wafd/", with: "")
}

/// The configuration; a failed test prints what was wrong.
func loaded(_ text: String, files: [String: String] = [:], extra: String = "") throws -> LoadedConfiguration {
    try load(text, files: files, extra: extra).get()
}

/// A block of http around `text`.
func http(_ text: String) -> String { "http { \(text) }" }

/// A server around `text`.
func server(_ text: String) -> String { "http { server { \(text) } }" }
