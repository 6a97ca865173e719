// Server names and their wildcards (nginx.org, "Server names").

internal import RuleStore

enum ServerNameValue {
    /// The names that a word stands for: `.example.org` is two.
    static func parse(_ word: String) -> Result<[ServerPolicy.Name], ConfigurationError.Reason> {
        let directive = DirectiveName.serverName.spelling
        let name = word.lowercased()
        if name.hasPrefix("~") {
            return .failure(
                .refused(directive: directive, why: "regular expressions are not supported in server names"))
        }
        let isBad =
            name.contains("..") || name == "*" || name == "."
            || name.utf8.contains { $0 == UInt8(ascii: "$") || $0 <= 0x20 || $0 == 0x7F }
        let stars = name.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "*") ? 1 : 0) }
        if !isBad {
            if stars == 0 {
                guard name.hasPrefix(".") else { return .success([.exact(name)]) }
                return .success([.exact(String(name.dropFirst())), .leadingWildcard(name)])
            }
            if stars == 1, name.hasPrefix("*.") {
                return .success([.leadingWildcard(String(name.dropFirst()))])
            }
            if stars == 1, name.hasSuffix(".*"), !name.hasPrefix(".") {
                return .success([.trailingWildcard(String(name.dropLast()))])
            }
        }
        let shape = "a name, \"*.example.org\", \".example.org\" or \"www.example.*\""
        return .failure(.badValue(directive: directive, expected: shape, found: word))
    }
}
