internal import Bytes
internal import Testing
internal import WebSocket

@Suite("Close codes: RFC 6455 section 7.4") struct CloseCodeTests {
    /// Registered and not reserved for use inside an endpoint (IANA, section 11.7).
    static let registered: Set<Int> = [
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
    ]

    @Test func everyCode() {
        var allowed = 0
        for code in 0...65_535 {
            let want = Self.registered.contains(code) || (3_000...4_999).contains(code)
            #expect(CloseCode.isAllowedOnWire(UInt16(code)) == want, "\(code)")
            if want { allowed += 1 }
        }
        #expect(allowed == 12 + 2_000)
    }

    @Test(arguments: [FrameSender.client, .server]) func onTheWire(sender: FrameSender) {
        let mask: UInt32? = sender == .client ? 0xA1B2_C3D4 : nil
        for code in 0...4_999 {
            let want: Event =
                CloseCode.isAllowedOnWire(UInt16(code))
                ? .control(.close, [UInt8(code >> 8), UInt8(code & 0xFF)], code: UInt16(code))
                : .refused(.closeCodeNotAllowed(UInt16(code)))
            #expect(Reading(sender: sender).events(Wire.close(code, mask: mask)) == [want])
        }
    }

    @Test func bodies() {
        let reading = Reading()
        #expect(reading.events(Wire.close(nil)) == [.control(.close, [], code: nil)])
        let bye = Array("bye \u{20ac}".utf8)
        #expect(
            reading.events(Wire.close(1000, reason: bye)) == [.control(.close, [3, 0xE8] + bye, code: 1000)])
        #expect(reading.events(Wire.close(1000, reason: [0xC3])) == [.refused(.textNotUTF8)])
        #expect(reading.events(Wire.close(1000, reason: [0xED, 0xA0, 0x80])) == [.refused(.textNotUTF8)])
        let longest = Array(repeating: UInt8(0x61), count: 123)
        #expect(
            reading.events(Wire.close(4999, reason: longest)) == [
                .control(.close, [0x13, 0x87] + longest, code: 4999)
            ])
        #expect(
            reading.events(Wire.close(1000, reason: longest + [0x61])) == [
                .refused(.controlFrameTooLong(payloadBytes: 126))
            ])
    }

    static let answers: [(FrameError, UInt16)] = [
        (.reservedBitSet(byte: 0xF1), 1002), (.reservedOpcode(3), 1002), (.controlFrameFragmented, 1002),
        (.controlFrameTooLong(payloadBytes: 126), 1002), (.frameNotMasked, 1002), (.frameMasked, 1002),
        (.lengthNotMinimal, 1002), (.lengthAbove63Bits, 1002), (.nothingToContinue, 1002),
        (.messageIncomplete, 1002), (.closeCodeCut, 1002), (.closeCodeNotAllowed(999), 1002),
        (.dataAfterClose, 1002), (.textNotUTF8, 1007), (.compressionInvalid, 1007), (.compressionCut, 1007),
        (.compressionRatioTooHigh(limit: 1), 1009), (.frameTooLong(payloadBytes: 2, limitBytes: 1), 1009),
        (.messageTooLong(limitBytes: 1), 1009), (.tooManyFragments(limit: 1), 1009),
    ]

    @Test(arguments: answers) func whatTheSenderIsTold(error: FrameError, code: UInt16) {
        #expect(error.closeCode == code && CloseCode.isAllowedOnWire(code))
    }
}
