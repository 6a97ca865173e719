// t:base64Decode

internal import Bytes

/// Decodes up to the first byte that is not of the alphabet (RFC 4648 section 4), padding included.
enum Base64Decode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        let end = input.firstIndex { Base64.value(of: $0) == nil } ?? input.count
        return arena.fill(upTo: end / 4 * 3 + 2) { output in
            var bits: UInt32 = 0
            var bitCount = 0
            for index in 0..<end {
                guard let sextet = Base64.value(of: input[index]) else { break }
                bits = bits << 6 | sextet
                bitCount += 6
                guard bitCount >= 8 else { continue }
                bitCount -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
    }
}
