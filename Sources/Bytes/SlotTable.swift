// A table of manually managed structs: connections, tunnels, timers.

/// Names an element of a ``SlotTable``. A handle of a removed element finds nothing, also when
/// its slot has been used again since.
package struct SlotHandle: Equatable, Hashable, Sendable {
    package var index: UInt32
    /// 1 ... 0xFF_FFFF, so that a handle and a kind fit into the one word that epoll carries.
    package var generation: UInt32

    package init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }

    /// The next generation of a slot; 0 is never one.
    package static func generation(after generation: UInt32) -> UInt32 {
        generation >= 0xFF_FFFF ? 1 : generation + 1
    }
}

/// Elements at stable addresses, found by handle in constant time, changed in place.
///
/// No reference counting and no allocation per access; memory comes in blocks of
/// `blockSlots` and is kept for the table's life.
@safe package struct SlotTable<Element: ~Copyable>: ~Copyable {
    private struct Slot: ~Copyable {
        var element: Element?
        var generation: UInt32 = 1
    }

    /// Invariant: each block is an allocation of `blockSlots` initialised slots, never moved.
    private var blocks: [UnsafeMutablePointer<Slot>]
    private var freeIndices: [UInt32] = []
    private static var blockSlots: Int { 64 }
    package private(set) var count = 0

    package init() { unsafe blocks = [] }

    deinit {
        for unsafe block in unsafe blocks {
            unsafe block.deinitialize(count: Self.blockSlots)
            unsafe block.deallocate()
        }
    }

    package mutating func insert(_ element: consuming Element) -> SlotHandle {
        if freeIndices.isEmpty { grow() }
        let index = freeIndices.removeLast()
        let slot = unsafe slot(at: index)
        unsafe slot.pointee.element = consume element
        count += 1
        return SlotHandle(index: index, generation: unsafe slot.pointee.generation)
    }

    package func contains(_ handle: SlotHandle) -> Bool { unsafe find(handle) != nil }

    /// Gives the element up; nil when the handle is stale.
    package mutating func remove(_ handle: SlotHandle) -> Element? {
        guard let slot = unsafe find(handle) else { return nil }
        let element = unsafe slot.pointee.element.take()
        unsafe slot.pointee.generation = SlotHandle.generation(after: slot.pointee.generation)
        freeIndices.append(handle.index)
        count -= 1
        return element
    }

    /// Changes the element in place; nil when the handle is stale.
    ///
    /// `body` must not remove the element it was given.
    package func with<R, E: Error>(
        _ handle: SlotHandle, _ body: (inout Element) throws(E) -> R
    ) throws(E) -> R? {
        guard let slot = unsafe find(handle) else { return nil }
        return try unsafe body(&slot.pointee.element!)
    }

    /// Every living handle, in no order.
    package var handles: [SlotHandle] {
        var all: [SlotHandle] = []
        for index in unsafe 0..<UInt32(blocks.count * Self.blockSlots) {
            let slot = unsafe slot(at: index)
            if unsafe slot.pointee.element != nil {
                all.append(SlotHandle(index: index, generation: unsafe slot.pointee.generation))
            }
        }
        return all
    }

    private func slot(at index: UInt32) -> UnsafeMutablePointer<Slot> {
        unsafe blocks[Int(index) / Self.blockSlots] + Int(index) % Self.blockSlots
    }

    private func find(_ handle: SlotHandle) -> UnsafeMutablePointer<Slot>? {
        guard unsafe Int(handle.index) < blocks.count * Self.blockSlots else { return nil }
        let slot = unsafe slot(at: handle.index)
        // SAFETY: slots are initialised with their block.
        guard unsafe slot.pointee.generation == handle.generation, unsafe slot.pointee.element != nil
        else { return nil }
        return unsafe slot
    }

    private mutating func grow() {
        let block = UnsafeMutablePointer<Slot>.allocate(capacity: Self.blockSlots)
        for offset in 0..<Self.blockSlots { unsafe (block + offset).initialize(to: Slot(element: nil)) }
        let first = unsafe UInt32(blocks.count * Self.blockSlots)
        unsafe blocks.append(block)
        // The lowest index is taken first.
        for index in (first..<(first + UInt32(Self.blockSlots))).reversed() { freeIndices.append(index) }
    }
}
