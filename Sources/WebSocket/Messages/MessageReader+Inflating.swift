// Compressed messages: inflated as they arrive, within limits. RFC 7692 section 7.2.2.

internal import Bytes

extension MessageReader {
    /// Inflates `input` to the back of `output`, within the limits.
    mutating func inflate(
        _ input: ByteView, into output: inout ByteBuffer, _ spare: inout Inflater?
    ) throws(FrameError) {
        guard let deflate else { preconditionFailure("RSV1 is legal only with permessage-deflate") }
        if inflater == nil {
            inflater = spare.take() ?? Inflater(windowBits: deflate.windowBits)
            inflater?.reset(windowBits: deflate.windowBits)
        }
        var rest = input
        while true {
            let before = output.count
            // One byte more than is allowed shows that there is more.
            let allowed = limits.maxMessageBytes - min(payloadBytes, limits.maxMessageBytes)
            let room = min(Self.pieceBytes - 1, allowed) + 1
            let progress = inflater!.inflate(rest, into: &output, upTo: room)
            rest = rest[progress.consumedBytes...]
            payloadBytes += progress.producedBytes
            // In the order of the bytes, so that it does not matter how they arrived.
            try check(&output, from: before)
            try checkInflated(from: compressedBytes - frameRemaining - rest.count)
            guard !progress.isInvalid else { throw .compressionInvalid }
            guard progress.producedBytes == room || !rest.isEmpty else { return }
        }
    }

    /// Judges the payload so far, which came from `consumedBytes` of compressed data.
    private func checkInflated(from consumedBytes: Int) throws(FrameError) {
        guard payloadBytes <= limits.maxMessageBytes else {
            throw .messageTooLong(limitBytes: limits.maxMessageBytes)
        }
        guard payloadBytes > MessageLimits.ratioFreeBytes else { return }
        guard payloadBytes / Int(limits.maxInflateRatio) <= consumedBytes else {
            throw .compressionRatioTooHigh(limit: Int(limits.maxInflateRatio))
        }
    }

    /// Feeds the end that the sender left out (RFC 7692 section 7.2.2).
    mutating func finishInflating(_ scratch: inout MessageScratch) throws(FrameError) {
        guard compressedBytes > 0 else { throw .compressionCut }
        if inflater?.endsWithoutTail == false {
            scratch.unmasked.removeAll(keepingCapacity: true)
            scratch.unmasked.append(0x00)
            scratch.unmasked.append(0x00)
            scratch.unmasked.append(0xFF)
            scratch.unmasked.append(0xFF)
            let tail = scratch.unmasked.view
            if let partial {
                try inflate(tail, into: &partial.bytes, &scratch.spareInflater)
            } else {
                try inflate(tail, into: &scratch.payload, &scratch.spareInflater)
            }
        }
        guard inflater?.isAtMessageEnd == true else { throw .compressionCut }
        if deflate?.resetsContext == true { scratch.spareInflater = inflater.take() }
    }
}
