internal import Bytes
internal import Testing

@Suite("Masking: RFC 6455 section 5.3") struct MaskKernelTests {
    static let key = MaskKey(word: 0xD4C3_B2A1)

    static func byteWise(_ bytes: [UInt8], _ key: MaskKey) -> [UInt8] {
        bytes.enumerated().map { $1 ^ UInt8(truncatingIfNeeded: key.word >> UInt32($0 % 4 * 8)) }
    }

    @Test func rfcExample() {
        // Section 5.7: a masked "Hello".
        var output = ByteBuffer()
        withView([0x7F, 0x9F, 0x4D, 0x51, 0x58]) { output.append($0, maskedBy: MaskKey(word: 0x3D21_FA37)) }
        #expect(output.view.equals("Hello"))
    }

    /// All lengths around the block sizes, at all alignments, agree with the byte-wise mask.
    @Test(arguments: 0..<140) func agreesWithBytes(count: Int) {
        var random = FixedRandom(state: UInt64(count))
        let bytes = random.bytes(count + 16)
        for start in 0..<16 {
            let part = Array(bytes[start..<(start + count)])
            let expected = Self.byteWise(part, Self.key)
            withView(bytes) { view in
                var output = ByteBuffer()
                output.append(7)
                output.append(view[start..<(start + count)], maskedBy: Self.key)
                #expect(output.view[1...].array == expected)
            }
            var inPlace = bytes
            unsafe inPlace.withUnsafeMutableBytes { all in
                unsafe MaskKernel.apply(
                    Self.key, to: UnsafeMutableRawBufferPointer(rebasing: all[start..<(start + count)]))
            }
            #expect(Array(inPlace[start..<(start + count)]) == expected)
            #expect(inPlace[..<start] == bytes[..<start], "wrote before the range")
            #expect(inPlace[(start + count)...] == bytes[(start + count)...], "wrote behind the range")
            let spanned = [UInt8](capacity: count + 1) { span in
                span.append(9)
                withView(part) { MaskKernel.append($0, maskedBy: Self.key, to: &span) }
            }
            #expect(spanned == [9] + expected)
        }
    }

    /// Masking in two pieces with the key turned between them is masking at once.
    @Test(arguments: 0...70) func rotation(cut: Int) {
        var random = FixedRandom(state: 70)
        let bytes = random.bytes(70)
        withView(bytes) { view in
            var output = ByteBuffer()
            output.append(view[..<cut], maskedBy: Self.key)
            output.append(view[cut...], maskedBy: Self.key.advanced(by: cut))
            #expect(output.view.array == Self.byteWise(bytes, Self.key))
        }
    }

    @Test func rotationByMany() {
        #expect(Self.key.advanced(by: 0) == Self.key)
        #expect(Self.key.advanced(by: 1).word == 0xA1D4_C3B2)
        #expect(Self.key.advanced(by: 2).word == 0xB2A1_D4C3)
        #expect(Self.key.advanced(by: 3).word == 0xC3B2_A1D4)
        #expect(Self.key.advanced(by: Int.max) == Self.key.advanced(by: 3))
    }
}
