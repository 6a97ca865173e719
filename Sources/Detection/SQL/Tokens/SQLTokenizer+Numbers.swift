// Numbers, and names that begin like numbers.

internal import Bytes

extension SQLTokenizer {
    /// Decimal, hexadecimal (`0x1F`) and binary (`0b01`) numbers. A number cut short (`0x`, `1e`) is a
    /// name: MySQL lets identifiers begin with digits (Reference Manual 9.2), and attacks hide keywords
    /// behind such.
    mutating func scanNumber() -> SQLToken {
        if peek(0) == ASCII.byte("0"), let mark = peek(1) {
            switch ASCII.lowercased(mark) {
            case ASCII.byte("x"): return scanRadix { ASCII.hexValue($0) != nil }
            case ASCII.byte("b"): return scanRadix { $0 == 0x30 || $0 == 0x31 }
            default: break
            }
        }
        var length = digits(from: 0)
        if peek(length) == ASCII.byte(".") {
            length = digits(from: length + 1)
            if length == 1 { return take(1, as: .dot) }
        }
        if let mark = peek(length), mark | 0x20 == ASCII.byte("e") {
            length += 1
            if let sign = peek(length), sign == ASCII.byte("+") || sign == ASCII.byte("-") { length += 1 }
            let exponentEnd = digits(from: length)
            guard exponentEnd > length else { return take(length, as: .bareword) }
            length = exponentEnd
        }
        if hasOracleSuffix(at: length) { length += 1 }
        return take(length, as: .number)
    }

    private func digits(from distance: Int) -> Int {
        var length = distance
        while let byte = peek(length), ASCII.isDigit(byte) { length += 1 }
        return length
    }

    /// Oracle's `1d` and `1.5f` (SQL Language Reference, number literals): a letter that ends the number
    /// where white space, `;`, the end or a word that can only be UNION follows.
    private func hasOracleSuffix(at distance: Int) -> Bool {
        guard let letter = peek(distance) else { return false }
        guard letter | 0x20 == ASCII.byte("d") || letter | 0x20 == ASCII.byte("f") else { return false }
        guard let following = peek(distance + 1) else { return true }
        return SQLByteClass.isWhite(following) || following == ASCII.byte(";")
            || following | 0x20 == ASCII.byte("u")
    }

    private mutating func scanRadix(_ isDigit: (UInt8) -> Bool) -> SQLToken {
        var length = 2
        while let byte = peek(length), isDigit(byte) { length += 1 }
        return take(length, as: length == 2 ? .bareword : .number)
    }

    /// `\N` is MySQL's NULL (Reference Manual 9.1.7); any other backslash is a token of its own.
    mutating func scanBackslash() -> SQLToken {
        peek(1) == ASCII.byte("N") ? take(2, as: .number) : take(1, as: .backslash)
    }
}
