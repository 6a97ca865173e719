// The value of a Location field that rules put together, possibly from what a peer sent.

internal import Bytes

enum RedirectLocation {
    /// The reference with every byte that no URI may have (RFC 3986 section 2) percent-encoded: a line
    /// end in it would begin another field.
    static func encode(_ text: ByteView, in arena: Arena) -> ByteView {
        arena.fill(upTo: text.count * 3) { output in
            for index in text.indices {
                let byte = text[index]
                if byte > 0x20, byte < 0x7F {
                    output.append(byte)
                } else {
                    output.append(ASCII.byte("%"))
                    output.append(digit(byte >> 4))
                    output.append(digit(byte & 15))
                }
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
