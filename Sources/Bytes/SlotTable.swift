// A table of manually managed structs: connections, tunnels, timers.

/// Names an element of a ``SlotTable``. A handle of a removed element finds nothing, also when
/// its slot has been used again since.
@usableFromInline @frozen package struct SlotHandle: Equatable, Hashable, Sendable {
    @usableFromInline package var index: UInt32
    /// 1 ... 0xFF_FFFF, so that a handle and a kind fit into the one word that epoll carries.
    @usableFromInline package var generation: UInt32

    @inlinable package init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }

    /// The next generation of a slot; 0 is never one.
    @inlinable package static func generation(after generation: UInt32) -> UInt32 {
        generation >= 0xFF_FFFF ? 1 : generation + 1
    }
}

/// Elements at stable addresses, found by handle in constant time, changed in place.
///
/// No reference counting and no allocation per access; memory comes in blocks of
/// `blockSlots` and is kept for the table's life.
@safe @usableFromInline package struct SlotTable<Element: ~Copyable>: ~Copyable {
    @usableFromInline struct Slot: ~Copyable {
        @usableFromInline var element: Element?
        @usableFromInline var generation: UInt32 = 1

        @inlinable init() { element = nil }
    }

    /// Invariant: each block is an allocation of `blockSlots` initialised slots, never moved.
    @usableFromInline var blocks: [UnsafeMutablePointer<Slot>]
    @usableFromInline var freeIndices: [UInt32] = []
    @inlinable static var blockSlots: Int { 64 }
    @usableFromInline package internal(set) var count = 0

    @inlinable package init() { unsafe blocks = [] }

    @inlinable deinit {
        for unsafe block in unsafe blocks {
            unsafe block.deinitialize(count: Self.blockSlots)
            unsafe block.deallocate()
        }
    }

    @inlinable package mutating func insert(_ element: consuming Element) -> SlotHandle {
        if freeIndices.isEmpty { grow() }
        let index = freeIndices.removeLast()
        let slot = unsafe slot(at: index)
        unsafe slot.pointee.element = consume element
        count += 1
        return SlotHandle(index: index, generation: unsafe slot.pointee.generation)
    }

    @inlinable package func contains(_ handle: SlotHandle) -> Bool { unsafe find(handle) != nil }

    /// Gives the element up; nil when the handle is stale.
    @inlinable package mutating func remove(_ handle: SlotHandle) -> Element? {
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
    @inlinable package func with<R, E: Error>(
        _ handle: SlotHandle, _ body: (inout Element) throws(E) -> R
    ) throws(E) -> R? {
        guard let slot = unsafe find(handle) else { return nil }
        return try unsafe body(&slot.pointee.element!)
    }

    /// Every living handle, in no order.
    @inlinable package var handles: [SlotHandle] {
        var all: [SlotHandle] = []
        for index in unsafe 0..<UInt32(blocks.count * Self.blockSlots) {
            let slot = unsafe slot(at: index)
            if unsafe slot.pointee.element != nil {
                all.append(SlotHandle(index: index, generation: unsafe slot.pointee.generation))
            }
        }
        return all
    }

    @inlinable func slot(at index: UInt32) -> UnsafeMutablePointer<Slot> {
        unsafe blocks[Int(index) / Self.blockSlots] + Int(index) % Self.blockSlots
    }

    @inlinable func find(_ handle: SlotHandle) -> UnsafeMutablePointer<Slot>? {
        guard unsafe Int(handle.index) < blocks.count * Self.blockSlots else { return nil }
        let slot = unsafe slot(at: handle.index)
        // SAFETY: slots are initialised with their block.
        guard unsafe slot.pointee.generation == handle.generation, unsafe slot.pointee.element != nil
        else { return nil }
        return unsafe slot
    }

    @inlinable mutating func grow() {
        let block = UnsafeMutablePointer<Slot>.allocate(capacity: Self.blockSlots)
        for offset in 0..<Self.blockSlots { unsafe (block + offset).initialize(to: Slot()) }
        let first = unsafe UInt32(blocks.count * Self.blockSlots)
        unsafe blocks.append(block)
        // The lowest index is taken first.
        for index in (first..<(first + UInt32(Self.blockSlots))).reversed() { freeIndices.append(index) }
    }
}
