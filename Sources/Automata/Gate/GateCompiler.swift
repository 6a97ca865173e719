// Gates of patterns, phrase sets and plain texts. Runs in the master only.

package import Bytes

/// Works out what a value must have for a search to succeed.
package enum GateCompiler {
    /// The gate of a pattern that ``PatternCompiler`` accepts with these options; open when it does not.
    package static func pattern(_ text: [UInt8], options: PatternOptions = .init()) -> ByteGate {
        var parser = PatternParser(text, options: options, limits: PatternLimits())
        do throws(PatternError) {
            return gate(of: necessity(of: try parser.parse()))
        } catch {
            return .open
        }
    }

    /// The gate of a set of phrases, of which one must stand in the value in any case.
    package static func phrases(_ phrases: [[UInt8]]) -> ByteGate {
        let written = phrases.filter { !$0.isEmpty }
        guard !written.isEmpty else { return .open }
        let branches = written.map { phrase in
            Necessity(sequence: phrase.map { Necessity(ByteSet($0).foldingCase) })
        }
        return gate(of: Necessity(choice: branches))
    }

    /// The gate of a text that must stand in the value as it is.
    package static func literal(_ text: [UInt8]) -> ByteGate {
        gate(of: Necessity(sequence: text.map { Necessity(ByteSet($0)) }))
    }

    /// The gate of a value that must have one of some bytes.
    ///
    /// - Parameter isWanted: Asked for each of the 256 bytes.
    package static func byte(where isWanted: (UInt8) -> Bool) -> ByteGate {
        var set = ByteSet()
        for byte in UInt8.min...UInt8.max where isWanted(byte) { set.insert(byte) }
        return ByteGate(minimumBytes: 1, classes: [set.gateWords])
    }

    private static func necessity(of node: PatternNode) -> Necessity {
        switch node {
        // A place has no width: what stands around it are neighbours.
        case .empty, .assertion: .empty
        case .bytes(let set): Necessity(set)
        case .sequence(let parts): Necessity(sequence: parts.map(necessity))
        case .choice(let branches): Necessity(choice: branches.map(necessity))
        case .capture(_, let inner): necessity(of: inner)
        case .repetition(let inner, let minimum, _, _):
            Necessity(repeating: necessity(of: inner), minimum: minimum)
        }
    }

    private static func gate(of necessity: Necessity) -> ByteGate {
        ByteGate(
            minimumBytes: necessity.minimumBytes,
            classes: necessity.classes.prefix(ByteGate.mostClasses).map(\.set.gateWords),
            pairs: necessity.pairs.prefix(ByteGate.mostPairs).map(\.words))
    }
}
