// zlib's compressor: makes the compressed messages of the tests.

internal import Bytes
internal import CZlib

@safe final class Deflater {
    private let stream: UnsafeMutablePointer<z_stream>

    init(windowBits: Int32 = 15, level: Int32 = 6, strategy: Int32 = Z_DEFAULT_STRATEGY) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let code = unsafe deflateInit2_(
            stream, level, Z_DEFLATED, -windowBits, 8, strategy, ZLIB_VERSION,
            unsafe Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "deflateInit2 failed")
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    func reset() { unsafe deflateReset(stream) }

    /// What `bytes` becomes, flushed with `flush`.
    func raw(_ bytes: [UInt8], flush: Int32) -> [UInt8] {
        var input = bytes
        var output: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4_096)
        unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe stream.pointee.next_in = source.baseAddress
            unsafe stream.pointee.avail_in = UInt32(source.count)
            while true {
                let produced = unsafe room.withUnsafeMutableBufferPointer { target in
                    unsafe stream.pointee.next_out = target.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(target.count)
                    _ = unsafe deflate(stream, flush)
                    return unsafe target.count - Int(stream.pointee.avail_out)
                }
                output += room[..<produced]
                if produced < room.count { break }
            }
        }
        return output
    }

    /// The payload of a compressed message (RFC 7692 section 7.2.1): without its last four bytes.
    func message(_ bytes: [UInt8]) -> [UInt8] {
        var output = raw(bytes, flush: Z_SYNC_FLUSH)
        // zlib flushes nothing where nothing is new; section 7.2.3.6 wants a byte then.
        if output.isEmpty { return [0x00] }
        precondition(output.suffix(4) == [0x00, 0x00, 0xFF, 0xFF], "not flushed")
        output.removeLast(4)
        return output
    }
}
