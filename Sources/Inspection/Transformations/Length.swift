// t:length

internal import Bytes

/// The number of bytes, in decimal.
enum Length {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        arena.fill(upTo: 20) { output in
            var divisor = 1
            while input.count / divisor >= 10 { divisor *= 10 }
            while divisor > 0 {
                output.append(UInt8(truncatingIfNeeded: input.count / divisor % 10) + 0x30)
                divisor /= 10
            }
        }
    }
}
