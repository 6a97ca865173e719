// t:base64Encode

internal import Bytes

/// The value in base64 with padding (RFC 4648 section 4).
enum Base64Encode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        arena.fill(upTo: TransformationLimits.room(for: Base64.encodedCount(of: input.count))) { output in
            var index = 0
            while index < input.count, output.freeCapacity >= 4 {
                let rest = input.count - index
                var group = UInt32(input[index]) << 16
                if rest > 1 { group |= UInt32(input[index + 1]) << 8 }
                if rest > 2 { group |= UInt32(input[index + 2]) }
                output.append(Base64.character(group >> 18))
                output.append(Base64.character(group >> 12))
                output.append(rest > 1 ? Base64.character(group >> 6) : ASCII.byte("="))
                output.append(rest > 2 ? Base64.character(group) : ASCII.byte("="))
                index += 3
            }
        }
    }
}
