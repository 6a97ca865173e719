// What the tests make compressed bodies with.

internal import BodyFormats
internal import CBrotliEncoder
internal import CZlib

enum Encoder {
    enum Format: String, CaseIterable, Sendable {
        case gzip, zlib, rawDeflate, brotli

        var coding: ContentCoding {
            switch self {
            case .gzip: .gzip
            case .zlib, .rawDeflate: .deflate
            case .brotli: .brotli
            }
        }
    }

    static func encode(_ bytes: [UInt8], _ format: Format) -> [UInt8] {
        switch format {
        case .gzip: deflate(bytes, windowBits: 15 + 16)
        case .zlib: deflate(bytes, windowBits: 15)
        case .rawDeflate: deflate(bytes, windowBits: -15)
        case .brotli: brotli(bytes)
        }
    }

    private static func deflate(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
        var stream = unsafe z_stream()
        unsafe deflateInit2_(
            &stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: unsafe Int(deflateBound(&stream, UInt(bytes.count))) + 64)
        let count = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                // SAFETY: zlib reads and writes within the counts given.
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                let code = unsafe CZlib.deflate(&stream, Z_FINISH)
                precondition(code == Z_STREAM_END, "the encoder failed")
                return unsafe Int(stream.total_out)
            }
        }
        return Array(output[..<count])
    }

    private static func brotli(_ bytes: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: bytes.count + 1_024)
        var count = output.count
        // SAFETY: the encoder reads and writes within the counts given.
        let code = unsafe BrotliEncoderCompress(
            5, 22, BROTLI_MODE_GENERIC, bytes.count, bytes, &count, &output)
        precondition(code == BROTLI_TRUE, "the encoder failed")
        return Array(output[..<count])
    }
}
