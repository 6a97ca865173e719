// One coding being undone.

internal import Bytes

/// Chooses the decompressor, and knows what may follow the end of its stream.
struct DecoderStage: ~Copyable {
    let coding: ContentCoding
    private var zlib: ZlibDecoder?
    private var brotli: BrotliDecoder?
    /// The stream's end has been read.
    private(set) var hasEnded = false
    private var hasInput = false

    init(_ coding: ContentCoding) {
        self.coding = coding
        zlib = nil
        brotli = nil
    }

    /// The coding, unless the body may end here: no byte at all is an empty body.
    var openCoding: ContentCoding? { hasEnded || !hasInput ? nil : coding }

    /// Takes input from the front of `input` and appends at most `roomBytes` bytes to `output`.
    ///
    /// - Returns: Consumed and produced bytes. More may be ready when all the room was used.
    mutating func decode(
        _ input: ByteView, into output: inout ByteBuffer, upTo roomBytes: Int
    ) throws(ContentCodingError) -> DecoderStep {
        if hasEnded {
            guard !input.isEmpty else {
                return DecoderStep(consumedBytes: 0, producedBytes: 0, outcome: .ended)
            }
            try startAgain(with: input[0])
        }
        if !hasInput {
            guard !input.isEmpty else {
                return DecoderStep(consumedBytes: 0, producedBytes: 0, outcome: .ended)
            }
            start(with: input[0])
        }
        let step =
            zlib?.decode(input, into: &output, upTo: roomBytes)
            ?? brotli?.decode(input, into: &output, upTo: roomBytes)
        guard let step, step.outcome != .corrupt else { throw .corrupt(coding) }
        hasEnded = step.outcome == .ended
        return step
    }

    private mutating func start(with first: UInt8) {
        hasInput = true
        switch coding {
        case .gzip: zlib = ZlibDecoder(.gzip)
        case .deflate: zlib = ZlibDecoder(Self.isZlibHeader(first) ? .zlib : .raw)
        case .brotli: brotli = BrotliDecoder()
        }
    }

    /// CMF (RFC 1950 section 2.2): method 8 and a window of up to 32 KiB. Bare DEFLATE begins so
    /// only in a stored block with bits set that every encoder leaves zero.
    private static func isZlibHeader(_ first: UInt8) -> Bool { first & 0x0F == 8 && first >> 4 <= 7 }

    /// Another gzip member may follow (RFC 1952 section 2.2), nothing else.
    private mutating func startAgain(with first: UInt8) throws(ContentCodingError) {
        guard coding == .gzip, first == 0x1F else { throw .trailingBytes(coding) }
        zlib?.restart()
        hasEnded = false
    }
}
