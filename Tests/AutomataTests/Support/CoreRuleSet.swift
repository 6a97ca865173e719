// The patterns and phrase lists of the kit's core rule set, read with the little of the rule
// language that this takes.

import Foundation

enum CoreRuleSet {
    /// Arguments of all `@rx` and `!@rx` operators, repeats included.
    static func patterns() throws -> [String] {
        try operators().compactMap { text in
            let body = text.hasPrefix("!") ? String(text.dropFirst()) : text
            return body.hasPrefix("@rx ") ? String(body.dropFirst(4)) : nil
        }
    }

    static func distinctPatterns() throws -> [[UInt8]] {
        try Array(Set(patterns())).sorted().map { Array($0.utf8) }
    }

    /// Phrase lists of all `@pm` and `@pmFromFile` operators.
    static func phraseLists() throws -> [[[UInt8]]] {
        try Array(Set(operators())).sorted().compactMap { text in
            let body = text.hasPrefix("!") ? String(text.dropFirst()) : text
            if body.hasPrefix("@pm ") {
                return body.dropFirst(4).split(separator: " ").map { Array($0.utf8) }
            }
            guard body.hasPrefix("@pmFromFile "), let root = ConformanceKit.root else { return nil }
            let name = body.dropFirst("@pmFromFile ".count)
            let file = root.appendingPathComponent("crs/rules/\(name)")
            return try ConformanceKit.text(of: file).split(separator: "\n")
                .map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { Array($0.utf8) }
        }
    }

    /// The operator argument of each SecRule, as written between its quotes.
    private static func operators() throws -> [String] {
        var found: [String] = []
        for file in ConformanceKit.files(in: "crs/rules", withExtension: "conf") {
            let text = try ConformanceKit.text(of: file)
                .replacingOccurrences(of: "\\\n", with: "")
            for line in text.split(separator: "\n") {
                let line = line.drop { $0 == " " || $0 == "\t" }
                guard line.hasPrefix("SecRule ") else { continue }
                if let argument = secondArgument(line.dropFirst("SecRule ".count)) {
                    found.append(argument)
                }
            }
        }
        return found
    }

    /// What stands behind the variables: quoted, with `\"` for a quote.
    private static func secondArgument(_ text: Substring) -> String? {
        var rest = text.drop { $0 == " " }
        if rest.first == "\"" {
            guard let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
            rest = rest[rest.index(after: end)...]
        } else {
            rest = rest.drop { $0 != " " }
        }
        rest = rest.drop { $0 == " " }
        guard rest.first == "\"" else { return nil }
        var argument = ""
        var isEscaped = false
        for character in rest.dropFirst() {
            if isEscaped {
                argument += character == "\"" ? "\"" : "\\\(character)"
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                return argument
            } else {
                argument.append(character)
            }
        }
        return nil
    }
}
