// Control frames: whole, at most 125 bytes, between any two frames. RFC 6455 section 5.5.

internal import Bytes

extension MessageReader {
    /// Takes the whole control frame at `position`.
    mutating func readControl(
        _ header: FrameHeader, _ input: ByteView, at position: Int, _ scratch: inout MessageScratch
    ) throws(FrameError) -> Step {
        let start = position + header.headerBytes
        let end = start + header.payloadBytes
        let payload = unmask(input[start..<end], key: header.maskKey, &scratch)
        guard let kind = ControlOpcode(rawValue: header.opcode.rawValue) else {
            preconditionFailure("not a control frame")
        }
        var frame = ControlFrame(opcode: kind, payload: payload, closeCode: nil)
        if kind == .close {
            frame.closeCode = try Self.closeCode(payload)
            hasReadClose = true
            opcode = nil
            partial = nil
            inflater = nil
        }
        return .control(frame, end: end)
    }

    /// The code of a close frame's body (RFC 6455 section 5.5.1), nil without one.
    private static func closeCode(_ body: ByteView) throws(FrameError) -> UInt16? {
        guard !body.isEmpty else { return nil }
        let code = body.loadUInt16(at: 0).byteSwapped
        guard CloseCode.isAllowedOnWire(code) else { throw .closeCodeNotAllowed(code) }
        guard UTF8Validator.isValid(body[2...]) else { throw .textNotUTF8 }
        return code
    }

    /// The bytes without their mask: the input itself, or a copy in the scratch.
    func unmask(_ bytes: ByteView, key: MaskKey, _ scratch: inout MessageScratch) -> ByteView {
        guard sender == .client else { return bytes }
        scratch.payload.removeAll(keepingCapacity: true)
        scratch.payload.append(bytes, maskedBy: key)
        return scratch.payload.view
    }
}
