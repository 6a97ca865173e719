// The layout of a compiled pattern. All numbers are little endian, all offsets count from the
// program's first byte, so a program can be read wherever it lies.
//
//     0  header, 64 bytes (below)
//    64  byte classes: class of each of the 256 bytes
//   320  starters: 1 for each byte that may be the first one of a match, else 0
//   576  contexts: a RightContext for each class, padded to a multiple of 4
//        sets: for each set one bit a class, in words of 32 bits
//        instructions: 8 bytes each, see Instruction

/// Where things lie, and what a reader of this version accepts.
enum ProgramFormat {
    static var magic: UInt32 { 0x5450_4657 }  // "WFPT"
    static var version: UInt32 { 2 }
    static var headerBytes: Int { 64 }

    /// Offsets of the header's words of 32 bits.
    enum Field: Int {
        case magic = 0
        case version = 4
        case byteCount = 8
        case flags = 12
        case groupCount = 16
        case loopDepth = 20
        case classCount = 24
        case setCount = 28
        case instructionCount = 32
        case start = 36
        /// FNV-1a over the program with this field zero, in two words.
        case fingerprint = 40
    }

    struct Flags: OptionSet {
        let rawValue: UInt32
        /// Where no starter stands, no match begins: such bytes may be passed over.
        static var skipsToStarter: Flags { Flags(rawValue: 1) }
        /// A line feed that is the last byte must be told apart.
        static var tellsFinalLineFeed: Flags { Flags(rawValue: 2) }
        /// A state without members is not yet lost: `^` in multiline begins anew.
        static var beginsAtLines: Flags { Flags(rawValue: 4) }
        /// Matches begin at the start of the text only, and not without a byte.
        static var isAnchored: Flags { Flags(rawValue: 8) }
        /// Every match is the whole text.
        static var spansText: Flags { Flags(rawValue: 16) }
        static var all: Flags { Flags(rawValue: 31) }
    }

    static var classesOffset: Int { headerBytes }
    static var startersOffset: Int { classesOffset + 256 }
    static var contextsOffset: Int { startersOffset + 256 }

    static func setsOffset(classCount: Int) -> Int { contextsOffset + (classCount + 3) / 4 * 4 }

    static func wordsPerSet(classCount: Int) -> Int { (classCount + 31) / 32 }

    static func instructionsOffset(classCount: Int, setCount: Int) -> Int {
        setsOffset(classCount: classCount) + setCount * wordsPerSet(classCount: classCount) * 4
    }

    static func byteCount(classCount: Int, setCount: Int, instructionCount: Int) -> Int {
        instructionsOffset(classCount: classCount, setCount: setCount)
            + instructionCount * Instruction.byteCount
    }

    /// FNV-1a, 64 bits.
    static func fingerprint(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
