// t:cssDecode

internal import Bytes

/// Escapes of style sheets (CSS 2 section 4.1.3): up to six hexadecimal digits and one white space
/// behind them, of which the low byte is kept; a joined line; else the character itself. A NUL counts
/// as digits do: the vectors have it so.
enum CSSDecode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(of: ASCII.byte("\\")) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var index = first
            while index < input.count {
                guard input[index] == ASCII.byte("\\") else {
                    output.append(input[index])
                    index += 1
                    continue
                }
                index += 1
                // A backslash at the very end is left out.
                guard index < input.count else { return }
                if let code = code(input, at: index) {
                    output.append(code.byte)
                    index = code.end
                } else {
                    if input[index] != ASCII.lineFeed { output.append(input[index]) }
                    index += 1
                }
            }
        }
    }

    private static func code(_ input: ByteView, at start: Int) -> (byte: UInt8, end: Int)? {
        var end = start
        var value: UInt32 = 0
        while end < input.count, end < start + 6, let digit = ASCII.hexValue(input[end]) {
            value = value << 4 | UInt32(digit)
            end += 1
        }
        if end == start, input[start] == 0 { end += 1 }
        guard end > start else { return nil }
        let isUnit = end - start >= 4 && value <= 0xFFFF
        let low = UInt8(truncatingIfNeeded: value)
        let byte =
            isUnit ? EscapeSequence.narrowed(high: UInt8(truncatingIfNeeded: value >> 8), low: low) : low
        if end < input.count, ASCII.isSpace(input[end]) { end += 1 }
        return (byte, end)
    }
}
