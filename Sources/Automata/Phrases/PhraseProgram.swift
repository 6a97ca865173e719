// A compiled phrase set, searched where it lies.

package import Bytes

/// A phrase set whose every link has been checked once and is trusted afterwards. A value is a
/// view and some words, valid as long as the bytes it was made from.
package struct PhraseProgram: Sendable {
    private let bytes: ByteView
    private let stateCount: Int
    /// The first states that two and three bytes lead to.
    private let secondLevel: Int
    private let thirdLevel: Int
    private let lengthsOffset: Int
    private let labelsOffset: Int
    private let spellingsOffset: Int
    private let spellingCount: Int
    private let textBytes: Int
    /// Distinct phrases, taken without regard to case.
    package let phraseCount: Int

    package var byteCount: Int { bytes.count }

    /// - Parameter bytes: Exactly one set.
    package init(validating bytes: ByteView) throws(ProgramError) {
        guard bytes.count >= PhraseFormat.nodesOffset else {
            throw .wrongSize(found: bytes.count, expected: PhraseFormat.nodesOffset)
        }
        func field(_ field: PhraseFormat.Field) -> UInt32 { bytes.loadUInt32(at: field.rawValue) }
        guard field(.magic) == PhraseFormat.magic else { throw .wrongMagic(field(.magic)) }
        guard field(.version) == PhraseFormat.version else { throw .wrongVersion(field(.version)) }
        let stateCount = Int(field(.stateCount))
        guard stateCount > 0 else { throw .invalidHeader }
        spellingCount = Int(field(.spellingCount))
        textBytes = Int(field(.textBytes))
        let expected = PhraseFormat.byteCount(
            stateCount: stateCount, spellingCount: spellingCount, textBytes: textBytes)
        guard bytes.count == expected, Int(field(.byteCount)) == expected else {
            throw .wrongSize(found: bytes.count, expected: expected)
        }
        self.bytes = bytes
        self.stateCount = stateCount
        phraseCount = Int(field(.phraseCount))
        lengthsOffset = PhraseFormat.lengthsOffset(stateCount: stateCount)
        labelsOffset = PhraseFormat.labelsOffset(stateCount: stateCount)
        spellingsOffset = PhraseFormat.spellingsOffset(stateCount: stateCount)
        // Checked below: states are numbered breadth first.
        func firstChild(_ state: Int) -> Int {
            Int(bytes.loadUInt32(at: PhraseFormat.nodesOffset + min(state, stateCount) * 8))
        }
        secondLevel = firstChild(1)
        thirdLevel = firstChild(secondLevel)
        try validateRoot()
        try validateNodes()
        try validateSpellings()
    }

    private func validateRoot() throws(ProgramError) {
        let children = firstChild(0)..<max(firstChild(0), firstChild(1))
        for byte in 0..<256 {
            let state = rootChild(UInt8(byte))
            guard state == 0 || children.contains(state) else {
                throw .invalidTable(offset: PhraseFormat.rootOffset)
            }
        }
    }

    /// Breadth-first order proves that the links end: children come behind their parent, and a
    /// failure link leads to a lower state.
    private func validateNodes() throws(ProgramError) {
        var depths = [UInt32](repeating: 0, count: stateCount)
        guard firstChild(0) == 1, firstChild(stateCount) == stateCount else {
            throw .invalidTable(offset: PhraseFormat.nodesOffset)
        }
        for state in 0..<stateCount {
            let (first, end) = (firstChild(state), firstChild(state + 1))
            guard first <= end, end <= stateCount, first > state || first == end else {
                throw .invalidTable(offset: PhraseFormat.nodesOffset)
            }
            for child in first..<end { depths[child] = depths[state] + 1 }
        }
        for state in 0..<stateCount {
            let failure = self.failure(state)
            guard failure < stateCount,
                state == 0 ? failure == 0 : depths[failure] < depths[state]
            else { throw .invalidTable(offset: PhraseFormat.nodesOffset) }
            guard length(state) <= depths[state] else {
                throw .invalidTable(offset: lengthsOffset)
            }
        }
    }

    private func validateSpellings() throws(ProgramError) {
        var last = 0
        for index in 0..<spellingCount {
            let state = spelling(index, word: 0)
            guard state > last, state < stateCount, spelling(index, word: 1) + length(state) <= textBytes
            else { throw .invalidTable(offset: spellingsOffset) }
            last = state
        }
    }

    /// Where the phrase lies that ends first; of those that end there, the longest. nil when the
    /// subject holds none. Linear in the subject.
    package func firstMatch(in subject: ByteView) -> Range<Int>? {
        var index = 0
        while index < subject.count {
            var state = skipToPhrase(subject, &index)
            // `index` is behind the byte that led to `state`.
            while state != 0 {
                let length = self.length(state)
                if length != 0 { return index - length..<index }
                guard index < subject.count else { return nil }
                let next = step(state, subject[index])
                index += 1
                // Fallen back to one or two bytes of a phrase: the triples tell whether there is a third.
                let fallenBack = next < secondLevel ? 1 : next < thirdLevel && !isChild(next, of: state) ? 2 : 0
                guard fallenBack == 0 || self.length(next) != 0 else {
                    index -= next == 0 ? 0 : fallenBack
                    break
                }
                state = next
            }
        }
        return nil
    }

    private func isChild(_ child: Int, of state: Int) -> Bool {
        child >= firstChild(state) && child < firstChild(state + 1)
    }

    /// Passes places at which no phrase begins, and the byte with which one may: the state that leads to, or 0
    /// at the end.
    @inline(__always)
    private func skipToPhrase(_ subject: ByteView, _ index: inout Int) -> Int {
        index = placeOfTriple(subject, from: index)
        while index < subject.count {
            let state = rootChild(subject[index])
            index += 1
            if state != 0 { return state }
            index = placeOfTriple(subject, from: index)
        }
        return 0
    }

    /// The next place at which a phrase may begin; the last two bytes are not told apart.
    @inline(__always)
    private func placeOfTriple(_ subject: ByteView, from start: Int) -> Int {
        guard start + 2 < subject.count else { return start }
        let end = subject.count - 2
        let triples = bytes[PhraseFormat.triplesOffset..<PhraseFormat.nodesOffset]
        // SAFETY: three bytes stand at and behind each place below `end`, and a bucket is below the count of
        // the table's bits.
        return unsafe subject.withUnsafeBytes { text in
            unsafe triples.withUnsafeBytes { table in
                var first = unsafe BytePair.folded(text[start])
                var second = unsafe BytePair.folded(text[start + 1])
                var place = start
                while place < end {
                    let third = unsafe BytePair.folded(text[place + 2])
                    let bucket = ByteTriple.bucket(ofFolded: first, second, third)
                    if unsafe table[bucket >> 3] >> UInt8(bucket & 7) & 1 == 1 { break }
                    first = second
                    second = third
                    place += 1
                }
                return place
            }
        }
    }

    private func step(_ state: Int, _ byte: UInt8) -> Int {
        let label = ASCII.lowercased(byte)
        var state = state
        while state != 0 {
            let end = firstChild(state + 1)
            var child = firstChild(state)
            while child < end {
                if bytes[labelsOffset + child] == label { return child }
                child += 1
            }
            state = failure(state)
        }
        return rootChild(byte)
    }

    @inline(__always)
    private func rootChild(_ byte: UInt8) -> Int {
        Int(bytes.loadUInt32(at: PhraseFormat.rootOffset + Int(byte) * 4))
    }

    private func firstChild(_ state: Int) -> Int {
        Int(bytes.loadUInt32(at: PhraseFormat.nodesOffset + state * 8))
    }

    private func failure(_ state: Int) -> Int {
        Int(bytes.loadUInt32(at: PhraseFormat.nodesOffset + state * 8 + 4))
    }

    private func length(_ state: Int) -> Int {
        Int(bytes.loadUInt32(at: lengthsOffset + state * 4))
    }

    private func spelling(_ index: Int, word: Int) -> Int {
        Int(bytes.loadUInt32(at: spellingsOffset + index * 8 + word * 4))
    }
}

extension PhraseProgram {
    /// A phrase that was found, as the list has it; nil when that is all in lower case.
    ///
    /// - Parameter phrase: In any case.
    package func spelling(of phrase: ByteView) -> ByteView? {
        guard let state = state(of: phrase) else { return nil }
        var (low, high) = (0, spellingCount)
        while low < high {
            let middle = (low + high) / 2
            if spelling(middle, word: 0) < state { low = middle + 1 } else { high = middle }
        }
        guard low < spellingCount, spelling(low, word: 0) == state else { return nil }
        let start = spellingsOffset + spellingCount * 8 + spelling(low, word: 1)
        return bytes[start..<(start + phrase.count)]
    }

    /// The state that the bytes of `phrase` lead to from the root, nil when they leave the trie.
    private func state(of phrase: ByteView) -> Int? {
        guard !phrase.isEmpty else { return nil }
        var state = rootChild(phrase[0])
        for index in 1..<phrase.count where state != 0 {
            let label = ASCII.lowercased(phrase[index])
            let children = firstChild(state)..<firstChild(state + 1)
            state = children.first { bytes[labelsOffset + $0] == label } ?? 0
        }
        return state == 0 || length(state) != phrase.count ? nil : state
    }
}
