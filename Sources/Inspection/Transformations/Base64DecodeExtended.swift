// t:base64DecodeExt

internal import Bytes

/// Decodes what stands of the alphabet and passes over all else, as PHP's decoder does; NUL ends it.
///
/// A single `=` behind the first character of a group makes the whole value empty, as in
/// ModSecurity 2.
enum Base64DecodeExtended {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        arena.fill(upTo: input.count / 4 * 3 + 3) { output in
            var bits: UInt32 = 0
            var sextets = 0
            for index in 0..<input.count {
                let byte = input[index]
                if byte == 0 { return }
                if byte == ASCII.byte("="), sextets % 4 == 1, !isPadding(input, at: index + 1) {
                    output.removeAll()
                    return
                }
                guard let sextet = Base64.value(of: byte) else { continue }
                bits = bits << 6 | sextet
                sextets += 1
                let unused = UInt32((4 - sextets % 4) % 4) * 2
                if sextets % 4 != 1 { output.append(UInt8(truncatingIfNeeded: bits >> unused)) }
            }
        }
    }

    private static func isPadding(_ input: ByteView, at index: Int) -> Bool {
        index < input.count && input[index] == ASCII.byte("=")
    }
}
