// The word that the kernel keeps for a descriptor and gives back with each event.

package import Bytes

/// Says whose event it is: a kind that the owner of the loop defines, and a slot of its table.
package struct EventToken: Equatable, Hashable, Sendable {
    package let word: UInt64

    package init(word: UInt64) { self.word = word }

    package init(kind: UInt8, handle: SlotHandle) {
        word = UInt64(kind) << 56 | UInt64(handle.generation & 0xFF_FFFF) << 32 | UInt64(handle.index)
    }

    package var kind: UInt8 { UInt8(truncatingIfNeeded: word >> 56) }

    package var handle: SlotHandle {
        SlotHandle(
            index: UInt32(truncatingIfNeeded: word),
            generation: UInt32(truncatingIfNeeded: word >> 32) & 0xFF_FFFF)
    }
}
