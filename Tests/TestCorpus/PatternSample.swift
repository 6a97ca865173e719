// Texts that a pattern matches, made from the pattern alone: what an attacker who reads the rules sends.

/// A pattern as a recipe. Knows nothing of what is under test, so that neither can hide the other's faults.
package struct PatternSample {
    indirect enum Piece {
        case text([UInt8])
        case anyOf([UInt8])
        case sequence([Piece])
        case choice([Piece])
        case repetition(Piece, minimum: Int, maximum: Int?)
    }

    private let piece: Piece

    /// nil for what is no pattern, or one with parts that are not read here (lookarounds, back references).
    package init?(_ pattern: [UInt8]) {
        var parser = PatternSampleParser(pattern)
        guard let piece = parser.parse() else { return nil }
        self.piece = piece
    }

    /// A text that has the pattern's parts in order; one that stands at no word boundary need not match.
    package func text(choosing number: Int) -> [UInt8] {
        var state = UInt64(truncatingIfNeeded: number)
        var result: [UInt8] = []
        Self.append(piece, &state, to: &result)
        return result
    }

    private static func pick(_ count: Int, _ state: inout UInt64) -> Int {
        if state == 0 { return 0 }
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }

    private static func append(_ piece: Piece, _ state: inout UInt64, to result: inout [UInt8]) {
        switch piece {
        case .text(let bytes): result += bytes
        case .anyOf(let bytes): result.append(bytes[pick(bytes.count, &state)])
        case .sequence(let parts): for part in parts { append(part, &state, to: &result) }
        case .choice(let branches): append(branches[pick(branches.count, &state)], &state, to: &result)
        case .repetition(let inner, let minimum, let maximum):
            // One round more where that may be: a piece that can be left out is mostly there for a trap.
            let count = maximum.map { min($0, minimum + 1) } ?? minimum + 1
            for _ in 0..<count { append(inner, &state, to: &result) }
        }
    }
}
