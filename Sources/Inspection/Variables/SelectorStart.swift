// The first look at a name that a pattern may select.

internal import Automata
internal import Bytes

/// The bytes that a name must begin with, where a selector's pattern is anchored.
struct SelectorStart: Sendable {
    private var isAnchored = false
    private var starters = InlineArray<4, UInt64>(repeating: 0)

    init(_ program: CompiledProgram) {
        guard case .pattern(let pattern) = program, pattern.isAnchored else { return }
        isAnchored = true
        for byte in UInt8.min...UInt8.max where pattern.mayBegin(with: byte) {
            starters[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
        }
    }

    func mayFit(_ name: ByteView) -> Bool {
        guard isAnchored else { return true }
        guard !name.isEmpty else { return false }
        return starters[Int(name[0] >> 6)] >> UInt64(name[0] & 63) & 1 == 1
    }
}
