// Patterns that no finite automaton can run, as they stand in the store: the text itself, which
// PCRE2 compiles when the store is opened. Its compiled code is bound to a version and a machine.
// All numbers are little endian.
//
//     0  magic, version, options: 32 bits each
//    12  the pattern

internal import Bytes

/// The bytes of such a pattern.
package enum BacktrackingFormat {
    static var magic: UInt32 { 0x5442_4657 }  // "WFBT"
    static var version: UInt32 { 1 }
    static var headerBytes: Int { 12 }

    /// - Returns: The program's bytes.
    /// - Throws: What PCRE2 finds wrong with the pattern.
    package static func encode(
        _ pattern: [UInt8], options: PatternOptions
    ) throws(BacktrackingError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: magic)
        bytes.append(littleEndian: version)
        bytes.append(littleEndian: bits(of: options))
        bytes += pattern
        var text = ByteBuffer()
        text.append(contentsOf: pattern)
        _ = try BacktrackingPattern(text.view, options: options, isLasting: false)
        return bytes
    }

    private static func bits(of options: PatternOptions) -> UInt32 {
        (options.isCaseless ? 1 : 0) | (options.isMultiline ? 2 : 0) | (options.dotMatchesAll ? 4 : 0)
            | (options.dollarIsEndOnly ? 8 : 0) | (options.isExtended ? 16 : 0)
    }

    static func options(ofBits bits: UInt32) -> PatternOptions? {
        guard bits < 32 else { return nil }
        return PatternOptions(
            isCaseless: bits & 1 != 0, isMultiline: bits & 2 != 0, dotMatchesAll: bits & 4 != 0,
            dollarIsEndOnly: bits & 8 != 0, isExtended: bits & 16 != 0)
    }
}

/// Why PCRE2 refuses a pattern; the offset counts bytes from the pattern's start.
package struct BacktrackingError: Error, Equatable, Sendable {
    package var offset: Int
    package var reason: String
}

/// What a match may cost. Backtracking takes time that grows with any power of the value's length,
/// so a value that is too long is not tried at all.
package struct BacktrackingLimits: Equatable, Sendable {
    /// Longest value.
    package var subjectBytes = 65_536
    /// Steps of PCRE2's interpreter in one search.
    package var steps: UInt32 = 100_000
    /// The same for machine code, which counts far fewer of its steps.
    package var machineCodeSteps: UInt32 = 10_000
    /// KiB of memory for the interpreter's backtracking points.
    package var heapKilobytes: UInt32 = 16_384
    /// Bytes of stack for machine code.
    static var stackBytes: Int { 1 << 20 }
    /// Groups that are told, the whole match included: a search that has more gives the first ones.
    static var groups: UInt32 { 10 }

    package init() {}
}
