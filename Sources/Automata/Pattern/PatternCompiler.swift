// Patterns to programs. Runs in the master only.

/// Compiles patterns with PCRE2's grammar and Perl's preferences into programs that are matched
/// in time linear in the subject.
package enum PatternCompiler {
    /// - Returns: The program's bytes; the same pattern and options always give the same ones.
    /// - Throws: ``PatternError/notRegular(offset:construct:)`` for what PCRE2 could do and an
    ///   automaton can not; the other cases for what is wrong with the pattern itself.
    package static func compile(
        _ pattern: [UInt8], options: PatternOptions = .init(), limits: PatternLimits = .init()
    ) throws(PatternError) -> [UInt8] {
        var parser = PatternParser(pattern, options: options, limits: limits)
        let tree = try parser.parse()
        // One more for the final match.
        guard tree.instructionCount < limits.instructions else {
            throw .tooLarge(what: .instructions, limit: limits.instructions)
        }
        let loopDepth = tree.emptyLoopDepth
        guard loopDepth <= limits.emptyLoopDepth else {
            throw .tooLarge(what: .emptyLoopDepth, limit: limits.emptyLoopDepth)
        }
        var emitter = InstructionEmitter()
        let start = emitter.emitPattern(tree)
        let writer = ProgramWriter(
            emitter, start: start, groupCount: parser.groupCount, loopDepth: loopDepth)
        return writer.write()
    }
}
