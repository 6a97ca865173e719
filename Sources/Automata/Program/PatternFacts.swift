// What a compiled pattern is made of, for reports.

/// Sizes of one program.
package struct PatternFacts: Equatable, Sendable {
    package var byteCount: Int
    package var instructionCount: Int
    /// Classes of bytes that the pattern tells apart.
    package var classCount: Int
    package var setCount: Int
    /// Capturing groups, the whole match not counted.
    package var groupCount: Int
    /// Bytes that a match may begin with; nil when a match may begin anywhere.
    package var starterCount: Int?
}

extension PatternProgram {
    package var facts: PatternFacts {
        PatternFacts(
            byteCount: byteCount, instructionCount: instructionCount, classCount: classCount,
            setCount: setCount, groupCount: groupCount,
            starterCount: flags.contains(.skipsToStarter)
                ? (0...255).count { isStarter(UInt8($0)) } : nil)
    }
}
