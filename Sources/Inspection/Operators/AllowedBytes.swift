// @validateByteRange

internal import Automata
internal import Bytes

/// The bytes that a value may have. The operator matches a value that has others.
struct AllowedBytes: Sendable {
    private var words: InlineArray<4, UInt64>

    /// - Parameter bytes: 256 bits, one for each byte.
    init(validating bytes: ByteView) throws(ProgramError) {
        guard bytes.count == 32 else { throw .wrongSize(found: bytes.count, expected: 32) }
        words = InlineArray { bytes.loadUInt64(at: $0 * 8) }
    }

    func isViolated(by value: ByteView) -> Bool {
        value.firstIndex { words[Int($0 >> 6)] >> UInt64($0 & 63) & 1 == 0 } != nil
    }
}
