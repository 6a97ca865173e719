// Paths as text: what is relative in a rule file is relative to the folder of that file.

enum FilePath {
    /// `a/b.conf` gives `a/`, `b.conf` gives nothing.
    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[...slash])
    }

    /// `path` seen from the folder of the file that names it.
    static func resolve(_ path: String, namedIn file: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? path : folder(of: file) + path
    }

    static func hasWildcard(_ path: String) -> Bool {
        path.utf8.contains { byte in
            byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
        }
    }

    /// Without `.`, `x/..` and doubled slashes, so that two spellings of a path compare equal.
    ///
    /// Links are not followed: a cycle through one ends at `RuleTextLimits.includeDepth`.
    static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
    }

    /// By bytes, as the C locale sorts: the order of loading must not depend on the environment.
    static func sorted(_ paths: [String]) -> [String] {
        paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
