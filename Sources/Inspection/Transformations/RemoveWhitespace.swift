// t:removeWhitespace

internal import Bytes

/// Takes white space away; 0xA0 counts as such, as in ModSecurity 2.
enum RemoveWhitespace {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(where: isWhite) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            for index in first..<input.count where !isWhite(input[index]) { output.append(input[index]) }
        }
    }

    private static func isWhite(_ byte: UInt8) -> Bool { ASCII.isSpace(byte) || byte == 0xA0 }
}
