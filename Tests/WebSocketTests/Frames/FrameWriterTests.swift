internal import Bytes
internal import Testing
internal import WebSocket

@Suite("Written frames: RFC 6455 section 5.2, 5.7") struct FrameWriterTests {
    static func written(_ body: (inout ByteBuffer) -> Void) -> [UInt8] {
        var output = ByteBuffer()
        body(&output)
        return output.view.array
    }

    @Test func examplesOfTheRFC() {
        let hello = ByteView("Hello")
        #expect(
            Self.written { FrameWriter.append(.text, payload: hello, mask: nil, to: &$0) } == [0x81, 0x05]
                + Array("Hello".utf8))
        let key = MaskKey(word: 0x3D21_FA37)
        #expect(
            Self.written { FrameWriter.append(.text, payload: hello, mask: key, to: &$0) }
                == [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
        #expect(
            Self.written {
                FrameWriter.append(.text, payload: hello[..<3], isFinal: false, mask: nil, to: &$0)
                FrameWriter.append(.continuation, payload: hello[3...], mask: nil, to: &$0)
            } == [0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F])
        #expect(
            Self.written { FrameWriter.append(.ping, payload: hello, mask: nil, to: &$0) }.prefix(2) == [
                0x89, 0x05,
            ])
    }

    /// Written at the edges of the length forms, read back the same.
    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]) func roundTrip(count: Int) {
        var random = FixedRandom(state: UInt64(count))
        let payload = random.bytes(count)
        for mask in [nil, MaskKey(word: 0x1234_5678)] {
            let wire = withView(payload) { view in
                Self.written { FrameWriter.append(.binary, payload: view, mask: mask, to: &$0) }
            }
            var expected = Wire(mask: mask?.word)
            expected.add(2, payload)
            #expect(wire == expected.bytes)
            let events = Reading(sender: mask == nil ? .server : .client).events(wire)
            #expect(
                events == [.message(.binary, payload, fragments: 1, isCompressed: false, payloadBytes: count)]
            )
        }
    }

    @Test func close() {
        #expect(Self.written { FrameWriter.appendClose(code: nil, mask: nil, to: &$0) } == [0x88, 0x00])
        #expect(
            Self.written { FrameWriter.appendClose(code: 1008, mask: nil, to: &$0) } == [
                0x88, 0x02, 0x03, 0xF0,
            ])
        #expect(
            Self.written {
                FrameWriter.appendClose(code: 1000, reason: ByteView("ok"), mask: MaskKey(word: 0), to: &$0)
            }
                == [0x88, 0x84, 0, 0, 0, 0, 0x03, 0xE8, 0x6F, 0x6B])
    }

    /// A reason of 123 bytes fits; a longer one is cut in front of the character that does not.
    @Test func longReasons() {
        let fits = String(repeating: "a", count: 121) + "\u{e9}"
        let cut = String(repeating: "a", count: 122) + "\u{e9}"
        for (reason, want) in [(fits, fits), (cut, String(repeating: "a", count: 122)), (fits + "b", fits)] {
            let wire = withView(Array(reason.utf8)) { view in
                Self.written { FrameWriter.appendClose(code: 1000, reason: view, mask: nil, to: &$0) }
            }
            #expect(wire == [0x88, UInt8(want.utf8.count + 2), 0x03, 0xE8] + Array(want.utf8))
        }
    }

    @Test func misuseTraps() async {
        await #expect(processExitsWith: .failure) {
            var output = ByteBuffer()
            FrameWriter.appendClose(code: 1006, mask: nil, to: &output)
        }
        await #expect(processExitsWith: .failure) {
            var output = ByteBuffer()
            FrameWriter.append(.ping, payload: .empty, isFinal: false, mask: nil, to: &output)
        }
    }
}
