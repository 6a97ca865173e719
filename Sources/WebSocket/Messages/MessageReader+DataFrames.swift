// Data frames: joined, unmasked and validated as they arrive. RFC 6455 section 5.4 and 8.1.

internal import Bytes

extension MessageReader {
    /// Takes a legal data header: opens a message or goes on with one, within its limits.
    mutating func begin(_ header: FrameHeader) throws(FrameError) {
        switch header.opcode {
        case .text: open(.text, header)
        case .binary: open(.binary, header)
        case .continuation, .close, .ping, .pong: break
        }
        guard fragments < limits.maxFragments else {
            throw .tooManyFragments(limit: Int(limits.maxFragments))
        }
        fragments += 1
        // Compared by subtraction: a declared length may be the largest number there is.
        let limitBytes = isCompressed ? limits.maxCompressedBytes : limits.maxMessageBytes
        let soFar = isCompressed ? compressedBytes : payloadBytes
        guard soFar <= limitBytes, header.payloadBytes <= limitBytes - soFar else {
            throw .messageTooLong(limitBytes: limits.maxMessageBytes)
        }
        if isCompressed {
            compressedBytes = soFar + header.payloadBytes
        } else {
            payloadBytes = soFar + header.payloadBytes
        }
        frameIsFinal = header.isFinal
        maskKey = header.maskKey
        frameRemaining = header.payloadBytes
    }

    private mutating func open(_ opcode: MessageOpcode, _ header: FrameHeader) {
        self.opcode = opcode
        isCompressed = header.isCompressed
        keepsPayload = wantsPayload
        text = UTF8Validator()
        fragments = 0
        payloadBytes = 0
        compressedBytes = 0
    }

    /// A message of one frame that lies whole in the input: nothing is kept, nothing allocated.
    mutating func readSingle(
        _ wire: ByteView, end: Int, _ scratch: inout MessageScratch
    ) throws(FrameError) -> Step {
        var message = endMessage(payload: .empty)
        if keepsPayload || message.opcode == .text {
            let payload = unmask(wire, key: maskKey, &scratch)
            if message.opcode == .text, !UTF8Validator.isValid(payload) { throw .textNotUTF8 }
            if keepsPayload { message.payload = payload }
        }
        frameRemaining = 0
        return .message(message, end: end)
    }

    /// Takes payload of the frame in progress, as far as it is there.
    mutating func take(_ wire: ByteView, _ scratch: inout MessageScratch) throws(FrameError) {
        guard keepsPayload || isCompressed || opcode == .text else {
            frameRemaining -= wire.count
            return
        }
        var rest = wire
        while !rest.isEmpty {
            let piece = rest[..<min(rest.count, Self.pieceBytes)]
            rest = rest[piece.count...]
            frameRemaining -= piece.count
            if let partial {
                try decode(piece, into: &partial.bytes, &scratch.unmasked, &scratch.spareInflater)
            } else {
                try decode(piece, into: &scratch.payload, &scratch.unmasked, &scratch.spareInflater)
            }
            maskKey = maskKey.advanced(by: piece.count)
        }
    }

    private mutating func decode(
        _ wire: ByteView, into output: inout ByteBuffer, _ unmasked: inout ByteBuffer,
        _ spare: inout Inflater?
    ) throws(FrameError) {
        guard isCompressed else {
            let before = output.count
            switch sender {
            case .client: output.append(wire, maskedBy: maskKey)
            case .server: output.append(wire)
            }
            return try check(&output, from: before)
        }
        switch sender {
        case .client:
            unmasked.removeAll(keepingCapacity: true)
            unmasked.append(wire, maskedBy: maskKey)
            try inflate(unmasked.view, into: &output, &spare)
        case .server:
            try inflate(wire, into: &output, &spare)
        }
    }

    /// Validates what was appended to `output`, and drops it when nobody wants it.
    mutating func check(_ output: inout ByteBuffer, from start: Int) throws(FrameError) {
        if opcode == .text {
            guard text.accept(output.view[start...]) else { throw .textNotUTF8 }
        }
        if !keepsPayload { output.truncate(to: start) }
    }

    /// Ends the message whose last byte has been taken.
    mutating func finish(end: Int, _ scratch: inout MessageScratch) throws(FrameError) -> Step {
        if isCompressed { try finishInflating(&scratch) }
        guard text.isComplete else { throw .textNotUTF8 }
        var payload = ByteView.empty
        if keepsPayload {
            payload = partial.map { $0.bytes.view } ?? scratch.payload.view
            scratch.finished = partial.take()
        }
        return .message(endMessage(payload: payload), end: end)
    }

    mutating func endMessage(payload: ByteView) -> Message {
        guard let opcode else { preconditionFailure("no message is open") }
        let message = Message(
            opcode: opcode, payload: payload, fragments: Int(fragments),
            isCompressed: isCompressed, payloadBytes: payloadBytes)
        self.opcode = nil
        return message
    }

    /// Moves payload of the message in progress out of the scratch, which others use next.
    mutating func suspend(_ scratch: inout MessageScratch, evenIfEmpty: Bool = false) {
        guard opcode != nil, keepsPayload, partial == nil else { return }
        guard evenIfEmpty || !scratch.payload.isEmpty else { return }
        let kept = PartialPayload()
        kept.bytes.append(scratch.payload.view)
        partial = kept
    }
}
