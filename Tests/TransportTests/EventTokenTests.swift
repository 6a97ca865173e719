import Bytes
import Testing
import Transport

@Suite("Event token") struct EventTokenTests {
    @Test(arguments: [
        (UInt8(0), UInt32(0), UInt32(1)), (255, .max, 0xFF_FFFF), (3, 77, 12_345),
    ])
    func carriesKindAndHandle(kind: UInt8, index: UInt32, generation: UInt32) {
        let handle = SlotHandle(index: index, generation: generation)
        let token = EventToken(word: EventToken(kind: kind, handle: handle).word)
        #expect(token.kind == kind)
        #expect(token.handle == handle)
    }
}
