internal import Bytes
internal import Testing

@Suite("ASCII classes: RFC 20, RFC 9110 section 5.6") struct ASCIITests {
    @Test(arguments: UInt8.min...UInt8.max) func everyByte(byte: UInt8) {
        let scalar = Unicode.Scalar(byte)
        let isUpper = scalar >= "A" && scalar <= "Z"
        let isLower = scalar >= "a" && scalar <= "z"
        let isDigit = scalar >= "0" && scalar <= "9"
        #expect(ASCII.isUppercase(byte) == isUpper)
        #expect(ASCII.isLetter(byte) == (isUpper || isLower))
        #expect(ASCII.isDigit(byte) == isDigit)
        #expect(ASCII.lowercased(byte) == (isUpper ? byte + 32 : byte))
        #expect(ASCII.uppercased(byte) == (isLower ? byte - 32 : byte))
        #expect(ASCII.isSpace(byte) == [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20].contains(byte))
        #expect(ASCII.isBlank(byte) == [0x09, 0x20].contains(byte))
        let marks = "!#$%&'*+-.^_`|~".unicodeScalars
        #expect(
            ASCII.isToken(byte) == (isUpper || isLower || isDigit || (byte < 128 && marks.contains(scalar))))
        let value = byte < 128 ? Character(scalar).hexDigitValue : nil
        #expect(ASCII.hexValue(byte).map(Int.init) == value)
    }

    @Test func names() {
        #expect(ASCII.byte("A") == 0x41 && ASCII.tab == 9 && ASCII.space == 32)
        #expect(ASCII.lineFeed == 10 && ASCII.carriageReturn == 13)
    }
}
