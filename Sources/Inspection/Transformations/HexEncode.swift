// t:hexEncode

internal import Bytes

/// Two digits for each byte, letters in lower case.
enum HexEncode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        arena.fill(upTo: TransformationLimits.room(for: input.count * 2)) { output in
            for index in input.indices {
                guard output.freeCapacity >= 2 else { return }
                output.appendHexadecimal(input[index])
            }
        }
    }
}

extension OutputSpan where Element == UInt8 {
    /// Two digits, letters in lower case; there must be room.
    @_lifetime(self: copy self)
    mutating func appendHexadecimal(_ byte: UInt8) {
        append(Self.hexadecimalDigit(byte >> 4))
        append(Self.hexadecimalDigit(byte & 0x0F))
    }

    private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? value + 0x30 : value + 0x57
    }
}
