// The layout of a compiled phrase set: a trie with failure links (Aho and Corasick 1975), its
// states numbered breadth first, so that a state's children are neighbours and only the first
// of them is stored. All numbers are little endian, offsets count from the set's first byte.
//
//     0  header, 32 bytes
//    32  root: state reached from the root by each of the 256 bytes, 32 bits, 0 for none
//  1056  triples: a bit for each bucket of `ByteTriple` with whose bytes a phrase begins, 4096 bytes
//  5152  nodes: 8 bytes a state: first child in 32 bits, then failure link in 32 bits. Children of
//        state n are first(n) ..< first(n + 1); one more entry closes the table
//        lengths: 32 bits a state: longest phrase that ends there, 0 for none
//        labels: 8 bits a state: the byte that leads to it, in lower case; padded to 4
//        spellings: 8 bytes each, for the phrases that were written with capital letters: the state in
//        which one ends, ascending, then the place of its text among the texts
//        texts: those phrases as written, each as long as its state's length says; padded to 4

/// Where things lie, and what a reader of this version accepts.
enum PhraseFormat {
    static var magic: UInt32 { 0x4850_4657 }  // "WFPH"
    static var version: UInt32 { 4 }
    static var headerBytes: Int { 32 }

    /// Offsets of the header's words of 32 bits.
    enum Field: Int {
        case magic = 0
        case version = 4
        case byteCount = 8
        case stateCount = 12
        case phraseCount = 16
        case spellingCount = 20
        case textBytes = 24
    }

    static var rootOffset: Int { headerBytes }
    static var triplesOffset: Int { rootOffset + 256 * 4 }
    static var nodesOffset: Int { triplesOffset + ByteTriple.bucketCount / 8 }

    static func lengthsOffset(stateCount: Int) -> Int { nodesOffset + (stateCount + 1) * 8 }

    static func labelsOffset(stateCount: Int) -> Int {
        lengthsOffset(stateCount: stateCount) + stateCount * 4
    }

    static func spellingsOffset(stateCount: Int) -> Int {
        (labelsOffset(stateCount: stateCount) + stateCount + 3) / 4 * 4
    }

    static func byteCount(stateCount: Int, spellingCount: Int, textBytes: Int) -> Int {
        (spellingsOffset(stateCount: stateCount) + spellingCount * 8 + textBytes + 3) / 4 * 4
    }
}
