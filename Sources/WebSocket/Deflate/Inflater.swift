// Decompression of messages with zlib; the one file here that talks to C.
// RFC 7692 section 7.2.2, RFC 1951.

package import Bytes
internal import CZlib

/// One direction's decompressor. Takes some 7 KiB, and the window once something was inflated.
@safe package struct Inflater: ~Copyable {
    /// What one call of ``inflate(_:into:upTo:)`` did.
    package struct Progress: Equatable, Sendable {
        package var consumedBytes: Int
        package var producedBytes: Int
        /// What follows is no DEFLATE data, or refers back beyond the window. What came before
        /// it has been appended.
        package var isInvalid: Bool
    }

    /// Memory that one decompressor holds, window included; measured with zlib 1.2.13.
    package static func heldBytes(windowBits: UInt8) -> Int { 7_300 + 1 << Int(max(windowBits, 9)) }

    /// Invariant: a stream set up by inflateInit2, at an address that never changes (zlib's state
    /// points back at it), ended and freed by `deinit` alone.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Nothing has been read since the last final block or reset: a message may end here
    /// without the four bytes that the sender leaves out.
    private var isBetweenStreams = false

    /// - Parameter windowBits: 8...15. zlib's own raw compressor writes for 9 where 8 is asked
    ///   for, so 8 is read as 9.
    package init(windowBits: UInt8) {
        precondition(windowBits >= 8 && windowBits <= 15, "a window has 8 to 15 bits")
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        let code = unsafe inflateInit2_(stream, -Int32(max(windowBits, 9)), ZLIB_VERSION, size)
        precondition(code == Z_OK, "out of memory")
    }

    deinit {
        // SAFETY: the invariant of `stream`.
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Forgets all that was read, as for a new connection.
    package mutating func reset(windowBits: UInt8) {
        precondition(windowBits >= 8 && windowBits <= 15, "a window has 8 to 15 bits")
        // SAFETY: the invariant of `stream`.
        let code = unsafe inflateReset2(stream, -Int32(max(windowBits, 9)))
        precondition(code == Z_OK, "the stream is broken")
        isBetweenStreams = false
    }

    /// Inflates from the front of `input`, appending at most `roomBytes` bytes to `output`.
    ///
    /// More may be ready when all the room was used: call again with the rest of the input, be
    /// it empty. A block marked as final ends the block sequence, not the message: what follows
    /// is read as another sequence over the same window (RFC 7692 section 7.2.3.4).
    package mutating func inflate(
        _ input: ByteView, into output: inout ByteBuffer, upTo roomBytes: Int
    ) -> Progress {
        precondition(roomBytes > 0 && roomBytes <= Int(Int32.max), "room out of range")
        let offered = min(input.count, Int(Int32.max))
        var progress = Progress(consumedBytes: 0, producedBytes: 0, isInvalid: false)
        unsafe output.appendUninitialized(upTo: roomBytes) { room in
            unsafe input.withUnsafeBytes { source in
                let bytes = unsafe source.baseAddress!.assumingMemoryBound(to: UInt8.self)
                // SAFETY: zlib reads and writes within the counts given; it does not write to
                // the input, whose pointer lost its const in C; the pointers are dropped below.
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes)
                unsafe stream.pointee.avail_in = UInt32(offered)
                unsafe stream.pointee.next_out = room.baseAddress!.assumingMemoryBound(to: UInt8.self)
                unsafe stream.pointee.avail_out = UInt32(roomBytes)
                defer {
                    unsafe stream.pointee.next_in = nil
                    unsafe stream.pointee.next_out = nil
                }
                progress.isInvalid = !run()
                progress.consumedBytes = unsafe offered - Int(stream.pointee.avail_in)
                progress.producedBytes = unsafe roomBytes - Int(stream.pointee.avail_out)
            }
            return progress.producedBytes
        }
        return progress
    }

    /// Whether a message may end without more input: its last block was final, and nothing
    /// has been read since.
    package var endsWithoutTail: Bool { isBetweenStreams }

    /// Whether a message may end here, once the four bytes 00 00 FF FF that its sender left out
    /// have been read too.
    package var isAtMessageEnd: Bool {
        // zlib: 128 between two blocks; the low six bits count bits not yet used.
        let state = unsafe stream.pointee.data_type
        return isBetweenStreams || (state & 128 != 0 && state & 63 == 0)
    }

    /// Calls zlib until input or room is used up; false when the data is wrong.
    private mutating func run() -> Bool {
        while true {
            let before = unsafe stream.pointee.avail_in
            let code = unsafe CZlib.inflate(stream, Z_SYNC_FLUSH)
            if unsafe stream.pointee.avail_in != before { isBetweenStreams = false }
            switch code {
            case Z_OK, Z_BUF_ERROR:
                // Z_BUF_ERROR is no error: nothing to do without more input or room.
                return true
            case Z_STREAM_END:
                // Keeps the window, which inflateReset would drop.
                _ = unsafe inflateResetKeep(stream)
                isBetweenStreams = true
                if unsafe stream.pointee.avail_in == 0 || stream.pointee.avail_out == 0 { return true }
            case Z_MEM_ERROR:
                preconditionFailure("out of memory")
            default:
                return false
            }
        }
    }
}
