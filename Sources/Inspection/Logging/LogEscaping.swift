// Peer bytes in log lines: nothing in them can end a field or a line.

internal import Bytes

extension ByteBuffer {
    /// Appends bytes with `"` and `\` behind a backslash and everything outside printable ASCII as
    /// `\xhh`.
    ///
    /// - Parameter limitBytes: Bytes of `bytes` that are written.
    /// - Returns: How many bytes of `bytes` were left out.
    @discardableResult
    mutating func appendEscaped(_ bytes: ByteView, limitBytes: Int) -> Int {
        let count = min(bytes.count, max(0, limitBytes))
        for index in 0..<count {
            let byte = bytes[index]
            switch byte {
            case 0x22, 0x5C:
                append(0x5C as UInt8)
                append(byte)
            case 0x20...0x7E:
                append(byte)
            default:
                append("\\x")
                append(Self.hexDigit(byte >> 4))
                append(Self.hexDigit(byte & 15))
            }
        }
        return bytes.count - count
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
