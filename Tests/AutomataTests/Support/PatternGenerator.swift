// Random patterns over few letters, so that they match often and in more than one way.

struct PatternGenerator {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func pattern() -> String { alternatives(depth: 0) }

    mutating func subject() -> [UInt8] {
        let letters = Array("aaabbbcAB \n\r_1".utf8)
        return (0..<below(14)).map { _ in letters[below(letters.count)] }
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    private mutating func alternatives(depth: Int) -> String {
        let count = below(3) == 0 ? 2 + below(2) : 1
        return (0..<count).map { _ in sequence(depth: depth) }.joined(separator: "|")
    }

    private mutating func sequence(depth: Int) -> String {
        let count = below(10) == 0 ? 0 : 1 + below(4)
        return (0..<count).map { _ in piece(depth: depth) }.joined()
    }

    private mutating func piece(depth: Int) -> String {
        if below(8) == 0 { return assertion() }
        if below(24) == 0 { return ["(?i)", "(?m)", "(?s)", "(?-i)", "(?-s)", "(?#x)"][below(6)] }
        return atom(depth: depth) + quantifier()
    }

    private mutating func assertion() -> String {
        ["^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z"][below(7)]
    }

    private mutating func atom(depth: Int) -> String {
        let kind = below(depth < 3 ? 12 : 8)
        switch kind {
        case 0...3: return ["a", "b", "c", "\\n"][below(4)]
        case 4: return [".", "\\w", "\\W", "\\s", "\\N", "\\R", "\\d", "\\v"][below(8)]
        case 5: return ["[ab]", "[^a]", "[b-c_]", "[[:alpha:]]", "[\\s\\d]", "[^\\w]"][below(6)]
        case 6, 7: return ["a", "b"][below(2)]
        case 8, 9: return "(\(alternatives(depth: depth + 1)))"
        case 10: return "(?:\(alternatives(depth: depth + 1)))"
        default: return "(?i:\(alternatives(depth: depth + 1)))"
        }
    }

    private mutating func quantifier() -> String {
        guard below(5) < 3 else { return "" }
        let counts = ["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}", "{0}", "{0,}"][below(9)]
        return counts + (below(3) == 0 ? "?" : "")
    }
}
