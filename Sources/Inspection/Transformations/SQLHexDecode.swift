// t:sqlHexDecode

internal import Bytes

/// `0x` and pairs of hexadecimal digits, as SQL writes strings, become the bytes they stand for.
///
/// NUL is an ordinary byte, before and after decoding; ModSecurity 2 ends the value there, which
/// would hide what follows.
enum SQLHexDecode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.indices.first(where: { begins(input, at: $0) }) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var index = first
            while index < input.count {
                guard begins(input, at: index) else {
                    output.append(input[index])
                    index += 1
                    continue
                }
                index += 2
                while let byte = URLDecode.pair(input, at: index) {
                    output.append(byte)
                    index += 2
                }
            }
        }
    }

    private static func begins(_ input: ByteView, at index: Int) -> Bool {
        input[index] == ASCII.byte("0") && index + 1 < input.count
            && input[index + 1] | 0x20 == ASCII.byte("x") && URLDecode.pair(input, at: index + 2) != nil
    }
}
