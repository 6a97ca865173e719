// One step of a pattern program.

/// What an instruction does. The raw values are part of the program format.
enum Opcode: UInt8, Sendable {
    /// Consumes a byte of the set `argument` and goes to `target`.
    case bytes = 0
    /// Goes to `argument`, and with lower preference to `target`.
    case split = 1
    /// Notes the place in slot `argument`, goes to `target`.
    case save = 2
    /// Goes to `target` if the assertion `argument` holds.
    case assertion = 3
    /// Begins a round of a loop whose body can match nothing, goes to `target`.
    case loopStart = 4
    /// Ends the innermost such round: one that consumed nothing leaves the loop by `target`, any
    /// other goes on at the next instruction, which is the loop's split.
    case loopCheck = 5
    /// The pattern has matched.
    case match = 6
}

/// An instruction, eight bytes in the program: opcode in 8 bits, argument in 24, target in 32.
struct Instruction: Equatable, Sendable {
    var opcode: Opcode
    var argument: Int
    var target: Int

    init(_ opcode: Opcode, argument: Int = 0, target: Int = 0) {
        self.opcode = opcode
        self.argument = argument
        self.target = target
    }

    static var byteCount: Int { 8 }

    /// nil when `word` holds no opcode of this version.
    init?(word: UInt64) {
        guard let opcode = Opcode(rawValue: UInt8(truncatingIfNeeded: word)) else { return nil }
        self.opcode = opcode
        argument = Int(UInt32(truncatingIfNeeded: word) >> 8)
        target = Int(word >> 32)
    }

    var word: UInt64 {
        UInt64(opcode.rawValue) | UInt64(argument) << 8 | UInt64(target) << 32
    }
}
