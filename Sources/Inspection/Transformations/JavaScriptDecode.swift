// t:jsDecode

internal import Bytes

/// Escapes of JavaScript: `\uHHHH`, of which the low byte is kept, `\xHH`, octal digits up to 0377,
/// `\n` and its like. Before anything else the backslash is taken away.
enum JavaScriptDecode {
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
                if letter == ASCII.byte("u"), let high = URLDecode.pair(input, at: index + 2),
                    let low = URLDecode.pair(input, at: index + 4)
                {
                    output.append(EscapeSequence.narrowed(high: high, low: low))
                    index += 6
                } else if letter == ASCII.byte("x"), let byte = URLDecode.pair(input, at: index + 2) {
                    output.append(byte)
                    index += 4
                } else if let octal = EscapeSequence.octal(input, at: index + 1, fitsByte: true) {
                    output.append(octal.byte)
                    index = octal.end
                } else {
                    output.append(EscapeSequence.control(letter) ?? letter)
                    index += 2
                }
            }
        }
    }
}
