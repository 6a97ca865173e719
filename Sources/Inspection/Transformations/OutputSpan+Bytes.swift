// Appending runs of bytes to what a transformation writes.

internal import Bytes

extension OutputSpan where Element == UInt8 {
    /// Appends all of `bytes`; there must be room.
    @_lifetime(self: copy self)
    mutating func append(_ bytes: ByteView) {
        for index in bytes.indices { append(bytes[index]) }
    }
}
