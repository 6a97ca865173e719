internal import Bytes
internal import Testing

@Suite("Slot table") struct SlotTableTests {
    struct Element: ~Copyable {
        var number: Int
        let onEnd: (Int) -> Void
        deinit { onEnd(number) }
    }

    final class Log {
        var ended: [Int] = []
    }

    @Test func insertFindChangeRemove() {
        let log = Log()
        var table = SlotTable<Element>()
        let handle = table.insert(Element(number: 1) { log.ended.append($0) })
        #expect(table.count == 1 && table.contains(handle) && table.handles == [handle])
        #expect(
            table.with(handle) { element in
                element.number += 1
                return element.number
            } == 2)
        do {
            guard let removed = table.remove(handle) else {
                Issue.record("the element is not found")
                return
            }
            let number = removed.number
            #expect(number == 2 && table.count == 0 && log.ended.isEmpty)
        }
        #expect(log.ended == [2])
    }

    /// A handle of a removed element finds nothing, also when its slot is in use again.
    @Test func staleHandles() {
        var table = SlotTable<Int>()
        let old = table.insert(1)
        #expect(table.remove(old) == 1)
        let new = table.insert(2)
        #expect(new.index == old.index && new != old)
        #expect(!table.contains(old) && table.remove(old) == nil && table.with(old) { $0 } == nil)
        #expect(table.with(new) { $0 } == 2)
        #expect(Bool(!table.contains(SlotHandle(index: 9_999, generation: 1))))
        #expect(Bool(!table.contains(SlotHandle(index: UInt32.max, generation: UInt32.max))))
    }

    @Test func manyElementsAndTheEnd() {
        let log = Log()
        do {
            var table = SlotTable<Element>()
            let handles = (0..<200).map { number in
                table.insert(Element(number: number) { log.ended.append($0) })
            }
            #expect(Set(handles).count == 200 && handles[0].index == 0 && handles[199].index == 199)
            for handle in handles where handle.index % 2 == 0 { _ = table.remove(handle) }
            #expect(table.count == 100 && table.handles.count == 100 && log.ended.count == 100)
            for handle in handles where handle.index % 2 == 1 {
                #expect(table.with(handle) { $0.number } == Int(handle.index))
            }
            let used = table.insert(Element(number: 1_000) { log.ended.append($0) })
            #expect(used.index < 200 && used.generation == 2)
        }
        #expect(log.ended.count == 201)
    }

    struct Refused: Error {}

    @Test func errorsComeThrough() {
        var table = SlotTable<Int>()
        let handle = table.insert(1)
        #expect(throws: Refused.self) { try table.with(handle) { _ throws(Refused) in throw Refused() } }
        #expect(Bool(table.contains(handle)))
    }

    /// 24 bits, so that a handle and a kind fit into one word.
    @Test func generationsStartAgainBeforeTheyGrowTooLong() {
        #expect(SlotHandle.generation(after: 1) == 2)
        #expect(SlotHandle.generation(after: 0xFF_FFFE) == 0xFF_FFFF)
        #expect(SlotHandle.generation(after: 0xFF_FFFF) == 1)
    }
}
