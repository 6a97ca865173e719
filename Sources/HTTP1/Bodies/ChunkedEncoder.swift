// Writing the chunked transfer coding: RFC 9112 section 7.1.

package import Bytes

/// What surrounds the content of a chunked body. The content itself need not pass through here.
package enum ChunkedEncoder {
    /// The line before `bytes` bytes of content.
    ///
    /// - Parameter bytes: At least one: a chunk of none would end the body.
    package static func appendChunkHead(bytes: Int, to output: inout ByteBuffer) {
        precondition(bytes > 0, "a chunk without content ends the body")
        var shift = (Int.bitWidth - bytes.leadingZeroBitCount - 1) & ~3
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: bytes >> shift) & 0xF
            output.append(digit < 10 ? digit + ASCII.byte("0") : digit - 10 + ASCII.byte("a"))
            shift -= 4
        }
        output.append(ByteView("\r\n"))
    }

    /// The line end behind a chunk's content.
    package static func appendChunkTail(to output: inout ByteBuffer) { output.append(ByteView("\r\n")) }

    /// The last chunk, without trailers.
    package static func appendEnd(to output: inout ByteBuffer) { output.append(ByteView("0\r\n\r\n")) }
}
