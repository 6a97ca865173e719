// @rsub

internal import Automata
internal import Bytes

/// Replaces what a pattern matches.
enum Substitution {
    /// The value with each match replaced; nil when there is none, or when finding out or the outcome
    /// passes a limit.
    ///
    /// - Parameter replacement: `\0` to `\9` stand for the match and its groups, `\` before any other byte
    ///   for that byte.
    /// - Parameter limit: Bytes of the outcome.
    static func replace(
        _ program: CompiledProgram, in value: ByteView, with replacement: ByteView,
        _ scratch: EvaluationScratch, _ arena: Arena, limit: Int
    ) -> ByteView? {
        var output = ByteBuffer()
        var budget = SearchBudget(program, steps: scratch.matcher.statistics.steps)
        var start = 0
        var copied = 0
        var hasMatched = false
        while start <= value.count, budget.allowsSearch(at: scratch.matcher.statistics.steps),
            RegularExpression.captures(program, value, scratch, startingAt: start) == .yes,
            let match = scratch.groups[0]
        {
            hasMatched = true
            output.append(value[copied..<match.lowerBound])
            append(replacement, value, scratch.groups, to: &output)
            copied = match.upperBound
            start = match.isEmpty ? match.upperBound + 1 : match.upperBound
            if output.count > limit { return nil }
        }
        guard hasMatched else { return nil }
        output.append(value[copied...])
        return output.count > limit ? nil : arena.copy(output.view)
    }

    private static func append(
        _ replacement: ByteView, _ value: ByteView, _ groups: [Range<Int>?], to output: inout ByteBuffer
    ) {
        var index = 0
        while index < replacement.count {
            let byte = replacement[index]
            index += 1
            guard byte == ASCII.byte("\\"), index < replacement.count else {
                output.append(byte)
                continue
            }
            let next = replacement[index]
            index += 1
            guard ASCII.isDigit(next) else {
                output.append(next)
                continue
            }
            let group = Int(next & 0x0F)
            if group < groups.count, let range = groups[group] { output.append(value[range]) }
        }
    }
}
