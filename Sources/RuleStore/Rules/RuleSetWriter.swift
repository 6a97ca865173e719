// Puts sections behind each other and writes the header.

/// Builds the blob: sections at multiples of 64, programs last.
struct RuleSetWriter {
    private var bytes = [UInt8](repeating: 0, count: RuleSetLayout.headerBytes)

    /// Appends a section of fixed-size records.
    mutating func add(_ section: RuleSetLayout.Section, words: [UInt32]) {
        place(section, count: words.count * 4 / section.recordBytes)
        bytes.reserveCapacity(bytes.count + words.count * 4)
        for word in words { append(word) }
    }

    /// Appends a section of 64-bit words.
    mutating func add(_ section: RuleSetLayout.Section, longWords: [UInt64]) {
        place(section, count: longWords.count)
        bytes.reserveCapacity(bytes.count + longWords.count * 8)
        for word in longWords {
            append(UInt32(truncatingIfNeeded: word))
            append(UInt32(truncatingIfNeeded: word >> 32))
        }
    }

    /// Appends a section that is a run of bytes.
    mutating func add(_ section: RuleSetLayout.Section, bytes content: [UInt8]) {
        place(section, count: content.count)
        bytes += content
    }

    /// Appends the programs, each at a multiple of 64, writes the header and gives the blob.
    consuming func finish(programs: [ProgramDraft]) -> [UInt8] {
        align()
        let start = bytes.count
        var records: [UInt32] = []
        for program in programs {
            align()
            records += [program.kind.rawValue, UInt32(bytes.count), UInt32(program.bytes.count)]
            bytes += program.bytes
        }
        setSection(.programBytes, offset: start, count: bytes.count - start)
        // The records of the programs stand behind the programs: their places are known only now.
        add(.programs, words: records)
        align()
        set(0, RuleSetLayout.magic)
        set(1, RuleSetLayout.version)
        set(2, UInt32(bytes.count))
        set(3, UInt32(RuleSetLayout.Section.allCases.count))
        return bytes
    }

    private mutating func place(_ section: RuleSetLayout.Section, count: Int) {
        align()
        setSection(section, offset: bytes.count, count: count)
    }

    private mutating func setSection(_ section: RuleSetLayout.Section, offset: Int, count: Int) {
        set(4 + section.rawValue * 2, UInt32(offset))
        set(5 + section.rawValue * 2, UInt32(count))
    }

    private mutating func align() {
        let rest = bytes.count % RuleSetLayout.alignment
        if rest > 0 { bytes += [UInt8](repeating: 0, count: RuleSetLayout.alignment - rest) }
    }

    private mutating func append(_ word: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }

    private mutating func set(_ index: Int, _ word: UInt32) {
        for byte in 0..<4 { bytes[index * 4 + byte] = UInt8(truncatingIfNeeded: word >> UInt32(byte * 8)) }
    }
}
