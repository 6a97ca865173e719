// From instructions to the bytes of a program.

/// Lays out what the emitter made.
struct ProgramWriter {
    private let emitter: InstructionEmitter
    private let start: Int
    private let groupCount: Int
    private let loopDepth: Int
    private let classes: ByteClasses

    init(_ emitter: InstructionEmitter, start: Int, groupCount: Int, loopDepth: Int) {
        self.emitter = emitter
        self.start = start
        self.groupCount = groupCount
        self.loopDepth = loopDepth
        var partition = emitter.sets
        if !emitter.assertions.isDisjoint(with: Self.wordAssertions) { partition.append(.word) }
        if !emitter.assertions.isDisjoint(with: Self.lineAssertions) { partition.append(.lineFeed) }
        classes = ByteClasses(respecting: partition)
    }

    private static var wordAssertions: Set<Assertion> { [.wordBoundary, .notWordBoundary] }
    private static var lineAssertions: Set<Assertion> {
        [.lineStart, .lineEnd, .textEndOrFinalLineFeed, .notBeforeLineFeed]
    }

    func write() -> [UInt8] {
        let reach = firstStep()
        var bytes = [UInt8](repeating: 0, count: ProgramFormat.headerBytes)
        bytes += classes.classes
        for byte in 0..<256 { bytes.append(reach.starters.contains(UInt8(byte)) ? 1 : 0) }
        for representative in classes.representatives {
            bytes.append(context(of: representative).rawValue)
        }
        while bytes.count % 4 != 0 { bytes.append(0) }
        for set in emitter.sets { append(set, to: &bytes) }
        for instruction in emitter.instructions { bytes.append(littleEndian: instruction.word) }
        fillHeader(of: &bytes, reach: reach)
        return bytes
    }

    private func append(_ set: ByteSet, to bytes: inout [UInt8]) {
        var words = [UInt32](
            repeating: 0, count: ProgramFormat.wordsPerSet(classCount: classes.count))
        for (index, byte) in classes.representatives.enumerated() where set.contains(byte) {
            words[index / 32] |= 1 << UInt32(index % 32)
        }
        for word in words { bytes.append(littleEndian: word) }
    }

    private func fillHeader(
        of bytes: inout [UInt8], reach: (starters: ByteSet, canMatchEmpty: Bool)
    ) {
        var flags: ProgramFormat.Flags = []
        if !reach.canMatchEmpty, reach.starters.count <= Self.mostStarters {
            flags.insert(.skipsToStarter)
        }
        if emitter.assertions.contains(.textEndOrFinalLineFeed) { flags.insert(.tellsFinalLineFeed) }
        if emitter.assertions.contains(.lineStart) { flags.insert(.beginsAtLines) }
        if beginsAtTextStart {
            if !reach.canMatchEmpty { flags.insert(.isAnchored) }
            if endsAtTextEnd { flags.insert(.spansText) }
        }
        func set(_ field: ProgramFormat.Field, _ value: Int) {
            bytes.set(littleEndian: UInt32(value), at: field.rawValue)
        }
        set(.magic, Int(ProgramFormat.magic))
        set(.version, Int(ProgramFormat.version))
        set(.byteCount, bytes.count)
        set(.flags, Int(flags.rawValue))
        set(.groupCount, groupCount)
        set(.loopDepth, loopDepth)
        set(.classCount, classes.count)
        set(.setCount, emitter.sets.count)
        set(.instructionCount, emitter.instructions.count)
        set(.start, start)
        let fingerprint = ProgramFormat.fingerprint(bytes)
        bytes.set(littleEndian: fingerprint, at: ProgramFormat.Field.fingerprint.rawValue)
    }

    /// With more starters than this, passing over the others saves less than the changes cost.
    private static var mostStarters: Int { 128 }

    private func context(of byte: UInt8) -> RightContext {
        if byte == 0x0A, !emitter.assertions.isDisjoint(with: Self.lineAssertions) {
            return .lineFeed
        }
        if ByteSet.word.contains(byte), !emitter.assertions.isDisjoint(with: Self.wordAssertions) {
            return .word
        }
        return .other
    }

    /// Whether every way into the pattern asks for the start of the text.
    private var beginsAtTextStart: Bool { !reaches(from: [start], without: .textStart) { $0 == .bytes || $0 == .match } }

    /// Whether every way out of the pattern asks for the end of the text.
    private var endsAtTextEnd: Bool {
        let origins = [start] + emitter.instructions.filter { $0.opcode == .bytes }.map(\.target)
        return !reaches(from: origins, without: .textEnd) { $0 == .match }
    }

    /// Whether an instruction that is sought can be reached without a byte and without an assertion.
    private func reaches(from origins: [Int], without assertion: Assertion, _ isSought: (Opcode) -> Bool) -> Bool {
        var isVisited = [Bool](repeating: false, count: emitter.instructions.count)
        var pending = origins
        while let index = pending.popLast() {
            guard !isVisited[index] else { continue }
            isVisited[index] = true
            let instruction = emitter.instructions[index]
            if isSought(instruction.opcode) { return true }
            switch instruction.opcode {
            case .bytes, .match: break
            case .split: pending += [instruction.argument, instruction.target]
            case .save, .loopStart: pending.append(instruction.target)
            case .loopCheck: pending += [index + 1, instruction.target]
            case .assertion:
                if instruction.argument != Int(assertion.rawValue) { pending.append(instruction.target) }
            }
        }
        return false
    }

    /// The bytes a match can begin with, and whether it can end before its first, both as if
    /// every assertion held.
    private func firstStep() -> (starters: ByteSet, canMatchEmpty: Bool) {
        var starters = ByteSet()
        var canMatchEmpty = false
        var isVisited = [Bool](repeating: false, count: emitter.instructions.count)
        var pending = [start]
        while let index = pending.popLast() {
            guard !isVisited[index] else { continue }
            isVisited[index] = true
            let instruction = emitter.instructions[index]
            switch instruction.opcode {
            case .bytes: starters.formUnion(emitter.sets[instruction.argument])
            case .split: pending += [instruction.argument, instruction.target]
            case .save, .assertion, .loopStart: pending.append(instruction.target)
            case .loopCheck: pending += [index + 1, instruction.target]
            case .match: canMatchEmpty = true
            }
        }
        return (starters, canMatchEmpty)
    }
}
