// Why bytes are not taken for a program, a phrase set or an address set.

/// A refusal of compiled bytes. None of them can come from what the compilers of this version made.
package enum ProgramError: Error, Equatable, Sendable {
    /// Shorter than its header or its own claim, or longer than the claim.
    case wrongSize(found: Int, expected: Int)
    case wrongMagic(UInt32)
    case wrongVersion(UInt32)
    /// A count, flag or start in the header is out of range.
    case invalidHeader
    /// A table holds a value out of range; the offset is that of the table.
    case invalidTable(offset: Int)
    /// An instruction has no meaning or points outside.
    case invalidInstruction(index: Int)
}
