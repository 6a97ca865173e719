// t:urlDecode, and how arguments are decoded

internal import Bytes

/// `%HH` and `+`; what is not well formed stays as it is.
enum URLDecode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = firstEncoded(input) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var index = first
            while index < input.count {
                let byte = input[index]
                if byte == ASCII.byte("%"), let decoded = pair(input, at: index + 1) {
                    output.append(decoded)
                    index += 3
                } else {
                    output.append(byte == ASCII.byte("+") ? ASCII.space : byte)
                    index += 1
                }
            }
        }
    }

    /// Where the first `%` or `+` stands.
    static func firstEncoded(_ input: ByteView) -> Int? {
        let span = input.span
        for index in span.indices where span[index] == ASCII.byte("%") || span[index] == ASCII.byte("+") {
            return index
        }
        return nil
    }

    /// The byte that two hexadecimal digits at `index` stand for.
    static func pair(_ input: ByteView, at index: Int) -> UInt8? {
        guard index + 1 < input.count, let high = ASCII.hexValue(input[index]),
            let low = ASCII.hexValue(input[index + 1])
        else { return nil }
        return high << 4 | low
    }
}
