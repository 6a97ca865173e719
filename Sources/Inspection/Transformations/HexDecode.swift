// t:hexDecode

internal import Bytes

/// Two digits a byte; a last odd digit is left out.
///
/// Other characters count as C arithmetic has it, so that each pair gives a byte, as in ModSecurity 2.
enum HexDecode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        arena.fill(upTo: input.count / 2) { output in
            var index = 0
            while index + 1 < input.count {
                output.append(digit(input[index]) &* 16 &+ digit(input[index + 1]))
                index += 2
            }
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 ? (byte & 0xDF) &- 0x41 &+ 10 : byte &- 0x30
    }
}
