// A pattern compiled by the code under test.

import Automata
import Bytes

struct CompiledPattern: Sendable {
    let program: PatternProgram

    init(_ pattern: [UInt8], options: PatternOptions = .init()) throws {
        let bytes = LastingBytes(try PatternCompiler.compile(pattern, options: options))
        program = try PatternProgram(validating: bytes.view)
    }

    init(_ pattern: String, options: PatternOptions = .init()) throws {
        try self.init(Array(pattern.utf8), options: options)
    }
}

/// What a matcher says of one subject: nil for no match, else the bounds of all groups.
typealias Groups = [Range<Int>?]

extension PatternMatcher {
    /// Asks both ways; `nil` when they contradict each other is told by `agrees`.
    func groups(_ pattern: CompiledPattern, _ subject: LastingBytes) -> (agrees: Bool, Groups?) {
        let isMatch = matches(pattern.program, subject.view)
        var ranges: Groups = []
        let isFound = captures(pattern.program, subject.view, into: &ranges)
        return (isMatch == isFound, isFound ? ranges : nil)
    }
}
