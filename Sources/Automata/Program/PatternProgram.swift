// A compiled pattern, read where it lies.

package import Bytes

/// A program whose every offset, target and table value has been checked once and is trusted
/// afterwards.
///
/// A value is a view and some words; it is copied freely and keeps nothing alive: it is valid as
/// long as the bytes it was made from.
package struct PatternProgram: Sendable {
    let bytes: ByteView
    /// Capturing groups, the whole match not counted.
    package let groupCount: Int
    let flags: ProgramFormat.Flags
    /// How deep loops whose bodies can match nothing are nested.
    let loopDepth: Int
    let classCount: Int
    let setCount: Int
    let instructionCount: Int
    let start: Int
    let fingerprint: UInt64
    let setsOffset: Int
    let wordsPerSet: Int
    let instructionsOffset: Int

    package var byteCount: Int { bytes.count }

    /// Transitions that a state of the lazy DFA has: byte classes, the end, a final line feed.
    var columns: Int { classCount + 2 }

    /// Places that a match notes: two for itself and for each group.
    var slotCount: Int { 2 * (groupCount + 1) }

    /// - Parameter bytes: Exactly one program.
    package init(validating bytes: ByteView) throws(ProgramError) {
        guard bytes.count >= ProgramFormat.headerBytes else {
            throw .wrongSize(found: bytes.count, expected: ProgramFormat.headerBytes)
        }
        func field(_ field: ProgramFormat.Field) -> Int { Int(bytes.loadUInt32(at: field.rawValue)) }
        let magic = bytes.loadUInt32(at: ProgramFormat.Field.magic.rawValue)
        guard magic == ProgramFormat.magic else { throw .wrongMagic(magic) }
        let version = bytes.loadUInt32(at: ProgramFormat.Field.version.rawValue)
        guard version == ProgramFormat.version else { throw .wrongVersion(version) }
        self.bytes = bytes
        groupCount = field(.groupCount)
        flags = ProgramFormat.Flags(rawValue: UInt32(field(.flags)))
        loopDepth = field(.loopDepth)
        classCount = field(.classCount)
        setCount = field(.setCount)
        instructionCount = field(.instructionCount)
        start = field(.start)
        fingerprint = bytes.loadUInt64(at: ProgramFormat.Field.fingerprint.rawValue)
        setsOffset = ProgramFormat.setsOffset(classCount: classCount)
        wordsPerSet = ProgramFormat.wordsPerSet(classCount: classCount)
        instructionsOffset = ProgramFormat.instructionsOffset(
            classCount: classCount, setCount: setCount)
        try validateHeader(claimedBytes: field(.byteCount))
        try validateTables()
        try validateInstructions()
    }

    private func validateHeader(claimedBytes: Int) throws(ProgramError) {
        guard ProgramFormat.Flags.all.isSuperset(of: flags), 1...256 ~= classCount,
            1...PatternLimits.mostInstructions ~= instructionCount, start < instructionCount,
            setCount <= instructionCount, groupCount <= PatternLimits.mostGroups,
            loopDepth <= PatternLimits.deepestEmptyLoop
        else { throw .invalidHeader }
        let expected = ProgramFormat.byteCount(
            classCount: classCount, setCount: setCount, instructionCount: instructionCount)
        guard claimedBytes == expected else {
            throw .wrongSize(found: claimedBytes, expected: expected)
        }
        guard bytes.count == expected else {
            throw .wrongSize(found: bytes.count, expected: expected)
        }
    }

    private func validateTables() throws(ProgramError) {
        for index in 0..<256 {
            guard bytes[ProgramFormat.classesOffset + index] < classCount else {
                throw .invalidTable(offset: ProgramFormat.classesOffset)
            }
            guard bytes[ProgramFormat.startersOffset + index] <= 1 else {
                throw .invalidTable(offset: ProgramFormat.startersOffset)
            }
        }
        for index in 0..<classCount {
            guard let context = RightContext(rawValue: bytes[ProgramFormat.contextsOffset + index]),
                context != .textEnd, context != .finalLineFeed
            else { throw .invalidTable(offset: ProgramFormat.contextsOffset) }
        }
    }

    private func validateInstructions() throws(ProgramError) {
        for index in 0..<instructionCount {
            let word = bytes.loadUInt64(at: instructionsOffset + index * Instruction.byteCount)
            guard let instruction = Instruction(word: word), isValid(instruction, at: index) else {
                throw .invalidInstruction(index: index)
            }
        }
    }

    private func isValid(_ instruction: Instruction, at index: Int) -> Bool {
        guard instruction.target < instructionCount else { return false }
        switch instruction.opcode {
        case .bytes: return instruction.argument < setCount
        case .split: return instruction.argument < instructionCount
        case .save: return instruction.argument < slotCount
        case .assertion:
            return UInt8(exactly: instruction.argument).flatMap(Assertion.init(rawValue:)) != nil
        case .loopCheck: return index + 1 < instructionCount
        case .loopStart, .match: return true
        }
    }
}

extension PatternProgram {
    /// Whether matches begin at the start of the text only, and not without a byte.
    package var isAnchored: Bool { flags.contains(.isAnchored) }

    /// Whether a match may begin with that byte.
    package func mayBegin(with byte: UInt8) -> Bool { isStarter(byte) }

    /// The instruction at `index`.
    @inline(__always)
    func instruction(at index: Int) -> Instruction {
        let word = bytes.loadUInt64(at: instructionsOffset + index * Instruction.byteCount)
        // Validation has seen every word; without a meaning it could only be the end of a thread.
        return Instruction(word: word) ?? Instruction(.bytes)
    }

    @inline(__always)
    func set(_ set: Int, contains byteClass: Int) -> Bool {
        let word = bytes.loadUInt32(at: setsOffset + (set * wordsPerSet + byteClass >> 5) * 4)
        return word >> UInt32(byteClass & 31) & 1 == 1
    }

    @inline(__always)
    func byteClass(of byte: UInt8) -> Int { Int(bytes[ProgramFormat.classesOffset + Int(byte)]) }

    @inline(__always)
    func isStarter(_ byte: UInt8) -> Bool {
        bytes[ProgramFormat.startersOffset + Int(byte)] != 0
    }

    func context(ofClass byteClass: Int) -> RightContext {
        RightContext(rawValue: bytes[ProgramFormat.contextsOffset + byteClass]) ?? .other
    }

    func leftContext(behind byte: UInt8) -> LeftContext {
        context(ofClass: byteClass(of: byte)).asLeft
    }
}
