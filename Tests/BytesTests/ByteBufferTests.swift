internal import Bytes
internal import Testing

@Suite("Growing buffers") struct ByteBufferTests {
    @Test func startsWithoutMemory() {
        let buffer = ByteBuffer()
        #expect(buffer.isEmpty && buffer.allocatedBytes == 0 && buffer.view.isEmpty)
        let reserved = ByteBuffer(reserving: 100)
        #expect(reserved.isEmpty && reserved.allocatedBytes >= 100)
    }

    @Test func appending() {
        var buffer = ByteBuffer()
        buffer.append(ByteView("a"))
        buffer.append(0x62)
        buffer.append("c" as StaticString)
        buffer.append("d\u{e9}" as String)
        buffer.append(contentsOf: [0x66, 0x67])
        buffer.append([0x68].span)
        buffer.append(ByteView.empty)
        #expect(buffer.view.string == "abcd\u{e9}fgh" && buffer.count == 9)
    }

    static let numbers = [0, 7, 10, -1, 65_535, Int.max, Int.min, -10]

    @Test(arguments: numbers) func decimal(number: Int) {
        var buffer = ByteBuffer()
        buffer.append(decimal: number)
        #expect(buffer.view.string == String(number))
    }

    @Test func consumingAndReusing() {
        var buffer = ByteBuffer()
        buffer.append("hello world" as StaticString)
        buffer.consume(6)
        #expect(buffer.view.equals("world") && buffer.count == 5)
        buffer.append("!" as StaticString)
        buffer.set(0x57, at: 0)
        #expect(buffer.view.equals("World!"))
        buffer.truncate(to: 2)
        #expect(buffer.view.equals("Wo"))
        buffer.consume(2)
        #expect(Bool(buffer.isEmpty))
        let held = buffer.allocatedBytes
        buffer.removeAll(keepingCapacity: true)
        #expect(buffer.allocatedBytes == held && held > 0)
        buffer.removeAll(keepingCapacity: false)
        #expect(buffer.allocatedBytes == 0 && buffer.view.isEmpty)
    }

    /// What was consumed at the front is room again before more memory is taken.
    @Test func consumedRoomIsUsedAgain() {
        var buffer = ByteBuffer(reserving: 64)
        let held = buffer.allocatedBytes
        for _ in 0..<1_000 {
            buffer.append("0123456789" as StaticString)
            buffer.consume(buffer.count - 5)
            #expect(buffer.view.equals("56789"))
        }
        #expect(buffer.allocatedBytes == held)
    }

    @Test func uninitializedRoomAndChangeInPlace() {
        var buffer = ByteBuffer()
        unsafe buffer.appendUninitialized(upTo: 10) { room in
            unsafe room[0] = 1
            unsafe room[1] = 2
            return 2
        }
        unsafe buffer.appendUninitialized(upTo: 0) { _ in 0 }
        #expect(buffer.view.array == [1, 2])
        unsafe buffer.withMutableBytes { unsafe $0[1] = 9 }
        #expect(buffer.view.array == [1, 9])
        var empty = ByteBuffer()
        #expect(unsafe empty.withMutableBytes { $0.count } == 0)
    }

    @Test func misuseTraps() async {
        await #expect(processExitsWith: .failure) {
            var buffer = ByteBuffer()
            buffer.append("ab" as StaticString)
            buffer.consume(3)
        }
        await #expect(processExitsWith: .failure) {
            var buffer = ByteBuffer()
            buffer.truncate(to: 1)
        }
        await #expect(processExitsWith: .failure) {
            var buffer = ByteBuffer()
            buffer.append("ab" as StaticString)
            buffer.set(0, at: 2)
        }
        await #expect(processExitsWith: .failure) {
            var buffer = ByteBuffer()
            unsafe buffer.appendUninitialized(upTo: 2) { _ in 3 }
        }
    }

    /// Random appends and consumes agree with an array.
    @Test func agreesWithAnArray() {
        var random = FixedRandom(state: 1)
        var buffer = ByteBuffer()
        var model: [UInt8] = []
        for _ in 0..<5_000 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                let bytes = random.bytes(Int.random(in: 0..<200, using: &random))
                buffer.append(contentsOf: bytes)
                model += bytes
            case 2:
                let count = Int.random(in: 0...model.count, using: &random)
                buffer.consume(count)
                model.removeFirst(count)
            case 3:
                let start = Int.random(in: 0...model.count, using: &random)
                let range = start..<Int.random(in: start...min(model.count, start + 300), using: &random)
                buffer.appendCopy(of: range)
                model += model[range]
            default:
                let count = Int.random(in: (model.count / 2)...model.count, using: &random)
                buffer.truncate(to: count)
                model.removeLast(model.count - count)
            }
            #expect(buffer.view.array == model)
        }
    }
}
