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
        var index = 0
        while index < count {
            let start = index
            while index < count, Self.isPlain(bytes[index]) { index += 1 }
            if index > start { append(bytes[start..<index]) }
            guard index < count else { break }
            let byte = bytes[index]
            if byte == 0x22 || byte == 0x5C {
                append(0x5C as UInt8)
                append(byte)
            } else {
                append("\\x")
                append(Self.hexDigit(byte >> 4))
                append(Self.hexDigit(byte & 15))
            }
            index += 1
        }
        return bytes.count - count
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte <= 0x7E && byte != 0x22 && byte != 0x5C
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
