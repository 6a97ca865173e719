// t:compressWhitespace

internal import Bytes

/// Each run of white space becomes one blank. 0xA0 counts as white space, as in ModSecurity 2.
enum CompressWhitespace {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = firstChange(input) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var isInside = false
            for index in first..<input.count {
                let byte = input[index]
                if isWhite(byte) {
                    if !isInside { output.append(ASCII.space) }
                    isInside = true
                } else {
                    output.append(byte)
                    isInside = false
                }
            }
        }
    }

    /// Where a run begins that is not one blank.
    private static func firstChange(_ input: ByteView) -> Int? {
        var index = 0
        while index < input.count {
            guard isWhite(input[index]) else {
                index += 1
                continue
            }
            if input[index] != ASCII.space { return index }
            if index + 1 < input.count, isWhite(input[index + 1]) { return index }
            index += 1
        }
        return nil
    }

    private static func isWhite(_ byte: UInt8) -> Bool { ASCII.isSpace(byte) || byte == 0xA0 }
}
