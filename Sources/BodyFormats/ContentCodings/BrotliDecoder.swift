// Brotli with libbrotlidec; the one file here that talks to it. RFC 7932.

internal import Bytes
internal import CBrotli

/// One stream's decompressor. Its window grows with what was decoded, to at most 16 MiB.
@safe struct BrotliDecoder: ~Copyable {
    /// Invariant: a decoder that this value alone frees.
    private let state: OpaquePointer

    init() {
        guard let state = unsafe BrotliDecoderCreateInstance(nil, nil, nil) else {
            preconditionFailure("out of memory")
        }
        unsafe self.state = state
    }

    deinit {
        // SAFETY: the invariant of `state`.
        unsafe BrotliDecoderDestroyInstance(state)
    }

    /// Decodes from the front of `input`, appending at most `roomBytes` bytes to `output`.
    mutating func decode(_ input: ByteView, into output: inout ByteBuffer, upTo roomBytes: Int) -> DecoderStep
    {
        precondition(roomBytes > 0, "room out of range")
        var step = DecoderStep(consumedBytes: 0, producedBytes: 0, outcome: .unfinished)
        unsafe output.appendUninitialized(upTo: roomBytes) { room in
            unsafe input.withUnsafeBytes { source in
                var inputBytes = source.count
                var inputStart = unsafe source.baseAddress?.assumingMemoryBound(to: UInt8.self)
                var roomLeft = roomBytes
                var roomStart = unsafe room.baseAddress?.assumingMemoryBound(to: UInt8.self)
                // SAFETY: the decoder reads and writes within the counts given, and keeps neither
                // pointer.
                let result = unsafe BrotliDecoderDecompressStream(
                    state, &inputBytes, &inputStart, &roomLeft, &roomStart, nil)
                step.consumedBytes = source.count - inputBytes
                step.producedBytes = roomBytes - roomLeft
                switch result {
                case BROTLI_DECODER_RESULT_SUCCESS: step.outcome = .ended
                case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT, BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
                    step.outcome = .unfinished
                default: step.outcome = .corrupt
                }
            }
            return step.producedBytes
        }
        return step
    }
}
