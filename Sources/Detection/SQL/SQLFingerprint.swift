// The short text that names a shape in logs and in TX.0.

package import Bytes

/// Up to five letters, one for each folded token.
package struct SQLFingerprint: Equatable, Sendable {
    private var letters = InlineArray<8, UInt8>(repeating: 0)
    package private(set) var count = 0

    package init() {}

    mutating func append(_ letter: UInt8) {
        letters[count] = letter
        count += 1
    }

    /// The letter at `index`, which must be below ``count``.
    package subscript(index: Int) -> UInt8 {
        precondition(index < count, "no such letter")
        return letters[index]
    }

    package func append(to buffer: inout ByteBuffer) {
        for index in 0..<count { buffer.append(letters[index]) }
    }

    /// For tests and for output that is written rarely.
    package var text: String {
        String(decoding: (0..<count).map { letters[$0] }, as: UTF8.self)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.count == right.count
            && (0..<left.count).allSatisfy { left.letters[$0] == right.letters[$0] }
    }
}

extension SQLFingerprint {
    /// The fragment holds what alone decides.
    var isEvil: Bool { count == 1 && self[0] == SQLTokenType.evil.letter }
}
