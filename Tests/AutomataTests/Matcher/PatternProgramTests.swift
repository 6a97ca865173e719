// The program format: what a reader refuses, and that nothing it accepts can harm it.

import Automata
import Bytes
import Testing

@Suite("Pattern programs") struct PatternProgramTests {
    static func bytes(_ pattern: String) throws -> [UInt8] {
        try PatternCompiler.compile(Array(pattern.utf8))
    }

    @Test func isTheSameEveryTime() throws {
        #expect(try Self.bytes("(a|b)*\\b[^c]{2,5}") == Self.bytes("(a|b)*\\b[^c]{2,5}"))
    }

    @Test func tellsGroupsAndSize() throws {
        let compiled = try CompiledPattern("(a)(?:b)(?<n>c)")
        #expect(compiled.program.groupCount == 2)
        #expect(compiled.program.byteCount == (try Self.bytes("(a)(?:b)(?<n>c)")).count)
    }

    /// Programs are read where they lie, also at odd addresses.
    @Test func needsNoAlignment() throws {
        let program = try Self.bytes("a(b+)c")
        for shift in 0..<8 {
            let owned = LastingBytes([UInt8](repeating: 0xEE, count: shift) + program)
            let validated = try PatternProgram(validating: owned.view[shift...])
            #expect(PatternMatcher().matches(validated, LastingBytes("xabbc").view))
        }
    }

    @Test func refusesOtherSizes() throws {
        let program = try Self.bytes("a(b+)c")
        for count in 0..<program.count {
            let owned = LastingBytes(Array(program[..<count]))
            #expect(throws: ProgramError.self) { try PatternProgram(validating: owned.view) }
        }
        let longer = LastingBytes(program + [0])
        #expect(throws: ProgramError.wrongSize(found: program.count + 1, expected: program.count)) {
            try PatternProgram(validating: longer.view)
        }
    }

    @Test func refusesOtherFormats() throws {
        var program = try Self.bytes("a")
        program[4] = 9
        #expect(throws: ProgramError.wrongVersion(9)) {
            try PatternProgram(validating: LastingBytes(program).view)
        }
        program[0] = 0
        #expect(throws: ProgramError.self) { try PatternProgram(validating: LastingBytes(program).view) }
    }

    /// Any damage is refused or harmless: the answers may be wrong, the matcher goes on.
    @Test(arguments: ["a(b*|c)*\\bd{2}$", "(?m)^(?:x|[^y])+?\\Z"]) func survivesDamage(_ pattern: String)
        throws
    {
        let program = try Self.bytes(pattern)
        let subjects = ["", "abbcdd", "xy\n", "ab cdd\n"].map { LastingBytes($0) }
        var (refused, accepted) = (0, 0)
        for offset in program.indices {
            for value in [0x00, 0x01, 0x02, 0x05, 0x06, 0x07, 0x40, 0x7F, 0x80, 0xFF] as [UInt8]
            where program[offset] != value {
                var damaged = program
                damaged[offset] = value
                let owned = LastingBytes(damaged)
                guard let validated = try? PatternProgram(validating: owned.view) else {
                    refused += 1
                    continue
                }
                accepted += 1
                let matcher = PatternMatcher(budgetBytes: 16 << 10)
                var ranges: Groups = []
                for subject in subjects {
                    _ = matcher.matches(validated, subject.view)
                    _ = matcher.captures(validated, subject.view, into: &ranges)
                }
            }
        }
        print("damage: \(refused) refused, \(accepted) survived")
        #expect(refused > 100)
    }
}
