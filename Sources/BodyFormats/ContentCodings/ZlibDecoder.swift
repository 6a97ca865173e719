// gzip, zlib and bare DEFLATE with zlib; the one file here that talks to it.
// RFC 1950, RFC 1951, RFC 1952.

internal import Bytes
internal import CZlib

/// One stream's decompressor, some 40 KiB with its window.
@safe struct ZlibDecoder: ~Copyable {
    enum Format: Equatable {
        case gzip, zlib, raw

        /// How zlib's inflateInit2 is told, with the largest window.
        var windowBits: Int32 {
            switch self {
            case .gzip: 15 + 16
            case .zlib: 15
            case .raw: -15
            }
        }
    }

    /// Invariant: a stream set up by inflateInit2, at an address that never changes (zlib's state
    /// points back at it), ended and freed by `deinit` alone.
    private let stream: UnsafeMutablePointer<z_stream>

    init(_ format: Format) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        let code = unsafe inflateInit2_(stream, format.windowBits, ZLIB_VERSION, size)
        precondition(code == Z_OK, "out of memory")
    }

    deinit {
        // SAFETY: the invariant of `stream`.
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Makes ready for another stream of the same format.
    mutating func restart() {
        // SAFETY: the invariant of `stream`.
        let code = unsafe inflateReset(stream)
        precondition(code == Z_OK, "the stream is broken")
    }

    /// Inflates from the front of `input`, appending at most `roomBytes` bytes to `output`.
    mutating func decode(_ input: ByteView, into output: inout ByteBuffer, upTo roomBytes: Int) -> DecoderStep
    {
        precondition(roomBytes > 0 && roomBytes <= Int(Int32.max), "room out of range")
        let offered = min(input.count, Int(Int32.max))
        var step = DecoderStep(consumedBytes: 0, producedBytes: 0, outcome: .unfinished)
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
                switch unsafe CZlib.inflate(stream, Z_NO_FLUSH) {
                case Z_OK, Z_BUF_ERROR: step.outcome = .unfinished
                case Z_STREAM_END: step.outcome = .ended
                case Z_MEM_ERROR: preconditionFailure("out of memory")
                // A preset dictionary (Z_NEED_DICT) is one that nobody here has.
                default: step.outcome = .corrupt
                }
                step.consumedBytes = unsafe offered - Int(stream.pointee.avail_in)
                step.producedBytes = unsafe roomBytes - Int(stream.pointee.avail_out)
            }
            return step.producedBytes
        }
        return step
    }
}
