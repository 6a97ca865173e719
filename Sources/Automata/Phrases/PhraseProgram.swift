// A compiled phrase set, searched where it lies.

package import Bytes

/// A phrase set whose every link has been checked once and is trusted afterwards. A value is a
/// view and some words, valid as long as the bytes it was made from.
package struct PhraseProgram: Sendable {
    private let bytes: ByteView
    private let stateCount: Int
    private let lengthsOffset: Int
    private let labelsOffset: Int
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
        let expected = PhraseFormat.byteCount(stateCount: stateCount)
        guard bytes.count == expected, Int(field(.byteCount)) == expected else {
            throw .wrongSize(found: bytes.count, expected: expected)
        }
        self.bytes = bytes
        self.stateCount = stateCount
        phraseCount = Int(field(.phraseCount))
        lengthsOffset = PhraseFormat.lengthsOffset(stateCount: stateCount)
        labelsOffset = PhraseFormat.labelsOffset(stateCount: stateCount)
        try validateRoot()
        try validateNodes()
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
                state = step(state, subject[index])
                index += 1
            }
        }
        return nil
    }

    /// Passes bytes with which no phrase begins and the one that begins one: the state that leads
    /// to, or 0 at the end.
    @inline(__always)
    private func skipToPhrase(_ subject: ByteView, _ index: inout Int) -> Int {
        let rest = subject.span
        var place = index
        while place < subject.count {
            let state = rootChild(rest[place])
            place += 1
            if state != 0 {
                index = place
                return state
            }
        }
        index = place
        return 0
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
}
