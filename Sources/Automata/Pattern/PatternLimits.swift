// How large a pattern may become. Rule files are trusted more than traffic, but a typing error
// such as `(?:.{1000}){1000}` must end in a message and not in a master without memory.

/// Bounds on one pattern, checked before memory is taken for it.
package struct PatternLimits: Equatable, Sendable {
    /// Length of the pattern's text in bytes.
    package var patternBytes: Int
    /// Depth of nested groups; also bounds the compiler's recursion.
    package var nestingDepth: Int
    /// Instructions of the program, counted repeats unrolled.
    package var instructions: Int
    /// Capturing groups.
    package var groups: Int
    /// Depth of nested loops whose bodies can match nothing, as in `(?:a*)*`. Finding captures
    /// takes memory for each instruction times this depth.
    package var emptyLoopDepth: Int

    /// The format counts instructions in 16 bits; a limit above this has no effect.
    package static var mostInstructions: Int { 65_535 }
    /// Likewise for `emptyLoopDepth`.
    package static var deepestEmptyLoop: Int { 32 }
    /// Likewise for `groups`.
    package static var mostGroups: Int { 65_535 }
    /// Highest count of a quantifier, as in PCRE2.
    package static var mostRepetitions: Int { 65_535 }

    package init(
        patternBytes: Int = 1 << 18, nestingDepth: Int = 250, instructions: Int = mostInstructions,
        groups: Int = 1_000, emptyLoopDepth: Int = deepestEmptyLoop
    ) {
        self.patternBytes = patternBytes
        self.nestingDepth = nestingDepth
        self.instructions = min(instructions, Self.mostInstructions)
        self.groups = min(groups, Self.mostGroups)
        self.emptyLoopDepth = min(emptyLoopDepth, Self.deepestEmptyLoop)
    }
}
