// Options before the verb: `waf-ctl --socket PATH status`.

/// The options belong to the verbs; those that stand before one are put behind it.
enum ArgumentOrder {
    private static let optionsWithValue: Set<String> = ["--socket", "--timeout"]
    private static let families: Set<String> = ["conn"]
    private static let flags: Set<String> = ["--json"]

    static func verbFirst(_ arguments: [String]) -> [String] {
        var verb = 0
        while verb < arguments.count {
            let argument = arguments[verb]
            if optionsWithValue.contains(argument) {
                verb += 2
            } else if flags.contains(argument) || optionsWithValue.contains(where: { argument.hasPrefix($0 + "=") }) {
                verb += 1
            } else {
                break
            }
        }
        // An option of no verb, or no verb at all: the parser says so.
        guard verb < arguments.count, !arguments[verb].hasPrefix("-") else { return arguments }
        // At the end, as a verb may have verbs of its own.
        let words = arguments[verb...]
        let end = words.firstIndex(of: "--") ?? words.endIndex
        return Array(words[..<end] + arguments[..<verb] + words[end...])
    }
}
