// t:escapeSeqDecode

internal import Bytes

/// Escapes of C: `\n` and its like, `\xHH`, one to three octal digits. Before anything else the
/// backslash is taken away, but for an `\x` with two bytes behind it that are no digits.
enum EscapeSequenceDecode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(of: ASCII.byte("\\")) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var index = first
            while index < input.count {
                guard input[index] == ASCII.byte("\\"), index + 1 < input.count else {
                    output.append(input[index])
                    index += 1
                    continue
                }
                let letter = input[index + 1]
                if let control = EscapeSequence.control(letter) {
                    output.append(control)
                    index += 2
                } else if letter | 0x20 == ASCII.byte("x"), let byte = URLDecode.pair(input, at: index + 2) {
                    output.append(byte)
                    index += 4
                } else if let octal = EscapeSequence.octal(input, at: index + 1, fitsByte: false) {
                    output.append(octal.byte)
                    index = octal.end
                } else {
                    if letter | 0x20 == ASCII.byte("x"), index + 3 < input.count {
                        output.append(input[index])
                    }
                    output.append(letter)
                    index += 2
                }
            }
        }
    }
}
