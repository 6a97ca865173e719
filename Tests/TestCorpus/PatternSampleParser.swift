// Reads a pattern for ``PatternSample``: PCRE2's grammar as far as the core rule set uses it.

struct PatternSampleParser {
    typealias Piece = PatternSample.Piece

    private var rest: ArraySlice<UInt8>
    private var depth = 0
    private var isUnread = false
    private static var deepest: Int { 100 }

    init(_ pattern: [UInt8]) { rest = pattern[...] }

    mutating func parse() -> Piece? {
        let piece = alternatives()
        return isUnread || !rest.isEmpty ? nil : piece
    }

    private mutating func take(_ byte: Character) -> Bool {
        guard rest.first == byte.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func alternatives() -> Piece {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else {
            isUnread = true
            return .text([])
        }
        var branches = [sequence()]
        while take("|") { branches.append(sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() -> Piece {
        var parts: [Piece] = []
        while let byte = rest.first, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")"), !isUnread {
            rest.removeFirst()
            parts.append(quantified(atom(byte)))
        }
        return .sequence(parts)
    }

    private mutating func atom(_ byte: UInt8) -> Piece {
        switch byte {
        case UInt8(ascii: "("): return group()
        case UInt8(ascii: "["): return set()
        case UInt8(ascii: "\\"): return escape()
        case UInt8(ascii: "."): return .text([0x20])
        case UInt8(ascii: "^"), UInt8(ascii: "$"): return .text([])
        default: return .text([byte])
        }
    }

    private mutating func group() -> Piece {
        if take("?") {
            // Flags; what they change a sample need not show.
            while let byte = rest.first, byte != UInt8(ascii: ":"), byte != UInt8(ascii: ")") {
                guard 0x61...0x7A ~= byte || byte == UInt8(ascii: "-") else {
                    isUnread = true
                    return .text([])
                }
                rest.removeFirst()
            }
            if take(")") { return .text([]) }
            isUnread = isUnread || !take(":")
        }
        let inner = alternatives()
        isUnread = isUnread || !take(")")
        return inner
    }

    private mutating func quantified(_ piece: Piece) -> Piece {
        var piece = piece
        while let byte = rest.first {
            var bounds: (Int, Int?)
            switch byte {
            case UInt8(ascii: "*"): bounds = (0, nil)
            case UInt8(ascii: "+"): bounds = (1, nil)
            case UInt8(ascii: "?"): bounds = (0, 1)
            case UInt8(ascii: "{"):
                guard let counts = counts() else { return piece }
                bounds = counts
            default: return piece
            }
            if byte != UInt8(ascii: "{") { rest.removeFirst() }
            _ = take("?") || take("+")
            piece = .repetition(piece, minimum: bounds.0, maximum: bounds.1)
        }
        return piece
    }

    /// `{2}`, `{2,}`, `{2,4}`; nil, with nothing taken, where the brace stands for itself.
    private mutating func counts() -> (Int, Int?)? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let text = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        let sides = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let minimum = Int(sides[0]), sides.count <= 2 else { return nil }
        guard sides.count == 1 || sides[1].isEmpty || Int(sides[1]) != nil else { return nil }
        rest = rest[(end + 1)...]
        return (minimum, sides.count == 1 ? minimum : Int(sides[1]))
    }

    private mutating func set() -> Piece {
        let isInverted = take("^")
        var members: Set<UInt8> = []
        var isFirst = true
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "]"), !isFirst { break }
            isFirst = false
            let item = member(byte)
            guard item.count == 1, rest.first == UInt8(ascii: "-"), let next = rest.dropFirst().first,
                next != UInt8(ascii: "]")
            else {
                members.formUnion(item)
                continue
            }
            rest = rest.dropFirst(2)
            guard let upper = member(next).first, upper >= item[0] else {
                isUnread = true
                break
            }
            members.formUnion(item[0]...upper)
        }
        let all = PatternSampleClass.preferred.filter { members.contains($0) != isInverted }
        if all.isEmpty { isUnread = true }
        return all.isEmpty ? .text([]) : .anyOf(all)
    }

    private mutating func member(_ byte: UInt8) -> [UInt8] {
        if byte == UInt8(ascii: "["), rest.first == UInt8(ascii: ":"),
            let end = rest.firstIndex(of: UInt8(ascii: "]")),
            let name = PatternSampleClass.named(rest[..<end])
        {
            rest = rest[(end + 1)...]
            return name
        }
        guard byte == UInt8(ascii: "\\") else { return [byte] }
        // Between brackets it is the backspace.
        if take("b") { return [0x08] }
        switch escape() {
        case .text(let bytes): return bytes
        case .anyOf(let bytes): return bytes
        default: return []
        }
    }

    private mutating func escape() -> Piece {
        guard let byte = rest.popFirst() else {
            isUnread = true
            return .text([])
        }
        if let members = PatternSampleClass.escaped(byte) { return .anyOf(members) }
        switch byte {
        case UInt8(ascii: "n"): return .text([0x0A])
        case UInt8(ascii: "r"): return .text([0x0D])
        case UInt8(ascii: "t"): return .text([0x09])
        case UInt8(ascii: "f"): return .text([0x0C])
        case UInt8(ascii: "e"): return .text([0x1B])
        case UInt8(ascii: "a"): return .text([0x07])
        case UInt8(ascii: "x"): return .text([hexadecimal()])
        case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "Z"):
            return .text([])
        case 0x30: return .text([0])
        case 0x31...0x39, 0x41...0x5A, 0x61...0x7A:
            isUnread = true
            return .text([])
        default: return .text([byte])
        }
    }

    private mutating func hexadecimal() -> UInt8 {
        let isBraced = take("{")
        let digits = rest.prefix(isBraced ? 8 : 2).prefix {
            UInt8(String(Unicode.Scalar($0)), radix: 16) != nil
        }
        rest = rest.dropFirst(digits.count)
        if isBraced, !take("}") { isUnread = true }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0
    }
}
