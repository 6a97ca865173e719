// Finding where a transformation has something to do.

internal import Bytes

extension ByteView {
    /// The first byte for which `isWanted` holds, nil where there is none.
    @inline(__always)
    func firstIndex(where isWanted: (UInt8) -> Bool) -> Int? {
        let bytes = span
        for index in bytes.indices where isWanted(bytes[index]) { return index }
        return nil
    }

    /// Whether `text` stands at `index`.
    @inline(__always)
    func has(_ first: Unicode.Scalar, _ second: Unicode.Scalar, at index: Int) -> Bool {
        index + 1 < count && self[index] == UInt8(ascii: first) && self[index + 1] == UInt8(ascii: second)
    }
}
