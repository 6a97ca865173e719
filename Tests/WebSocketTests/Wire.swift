// Frames as the tests write them: also the illegal ones, which `FrameWriter` does not.

internal import Bytes
internal import WebSocket

/// Bytes of frames, one behind the other.
struct Wire {
    var bytes: [UInt8] = []
    /// nil: a server's frames.
    var mask: UInt32?

    init(mask: UInt32? = 0x3D21_FA37) { self.mask = mask }

    /// Appends a frame; `first` overrides the whole first byte.
    mutating func add(
        _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, isCompressed: Bool = false,
        first: UInt8? = nil
    ) {
        bytes.append(first ?? ((isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode))
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        if payload.count < 126 {
            bytes.append(maskBit | UInt8(payload.count))
        } else if payload.count < 65_536 {
            bytes += [maskBit | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        } else {
            bytes.append(maskBit | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - $0 * 8)) }
        }
        guard let mask else {
            bytes += payload
            return
        }
        let key = (0..<4).map { UInt8(truncatingIfNeeded: mask >> UInt32($0 * 8)) }
        bytes += key
        bytes += payload.enumerated().map { $1 ^ key[$0 % 4] }
    }

    static func text(_ text: String, mask: UInt32? = 0x3D21_FA37) -> [UInt8] {
        var wire = Wire(mask: mask)
        wire.add(1, Array(text.utf8))
        return wire.bytes
    }

    static func close(_ code: Int?, reason: [UInt8] = [], mask: UInt32? = 0x3D21_FA37) -> [UInt8] {
        var wire = Wire(mask: mask)
        wire.add(8, (code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } ?? []) + reason)
        return wire.bytes
    }
}
