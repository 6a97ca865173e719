// Listing: the entries of a group, or all.

package import Bytes
internal import Posix

extension EntryTable {
    /// Calls `body` with each entry of a group that has not ended, until it answers false.
    package func visit(_ group: KeyDigest, at moment: Int64, _ body: (Place) -> Bool) {
        let groupTag = EntryKey(headOf: group).groupTag
        var slot = layout.home(of: group)
        for _ in 0..<TableLimits.probeSlots {
            let control = ControlWord(bits: cells.loadAcquiring(layout.control(slot)))
            if control.state == .live, control.groupTag == groupTag {
                let place = Place(slot: slot, control: control)
                let isWanted = isOf(group, slot) && !isEnded(slot, at: moment) && isUnchanged(place)
                if isWanted, !body(place) { return }
            }
            slot = layout.next(slot)
        }
    }

    /// Calls `body` with each entry of a name, in all groups, from a slot on until it answers false. Time
    /// grows with the dictionary's size: not for an event loop.
    ///
    /// - Parameter body: Takes the slot's number, where the next call may go on.
    package func visitAll(
        named name: UInt64, from first: Int, at moment: Int64, _ body: (Place, _ slot: Int) -> Bool
    ) {
        let tag = UInt16(truncatingIfNeeded: name)
        for slot in max(0, first)..<max(max(0, first), layout.slotCount) {
            let control = ControlWord(bits: cells.loadAcquiring(layout.control(slot)))
            guard control.state == .live, control.nameTag == tag else { continue }
            let place = Place(slot: slot, control: control)
            let isWanted = cells.load(layout.slot(slot) + SlotCell.nameDigest) == name
            guard isWanted, !isEnded(slot, at: moment), isUnchanged(place) else { continue }
            if !body(place, slot) { return }
        }
    }

    /// What stands behind an entry that was found.
    package func group(at place: Place) -> KeyDigest {
        let first = layout.slot(place.slot) + SlotCell.group
        return KeyDigest(low: cells.load(first), high: cells.load(first + 1))
    }

    /// Whether the entry's name was too long to be kept.
    package func isNameCut(at place: Place) -> Bool {
        cells.load(layout.slot(place.slot) + SlotCell.description) & EntryFlags.digestName != 0
    }

    /// Milliseconds since 1970.
    package func expiry(at place: Place) -> Int64 { load(SlotCell.expiry, of: place.slot) }

    /// Calls `body` with every entry that has not ended. Time grows with the dictionary's size: not for
    /// an event loop.
    package func visitAll(at moment: Int64, _ body: (Place) -> Void) {
        for slot in 0..<layout.slotCount {
            let control = ControlWord(bits: cells.loadAcquiring(layout.control(slot)))
            guard control.state == .live, !isEnded(slot, at: moment) else { continue }
            body(Place(slot: slot, control: control))
        }
    }

    /// Removes all entries of a group.
    package func removeAll(of group: KeyDigest) {
        visit(group, at: .min) { place in
            free(place)
            return true
        }
    }

    /// Whether the entry stands for its group.
    package func isHead(_ place: Place) -> Bool {
        cells.load(layout.slot(place.slot) + SlotCell.nameDigest) == 0
    }

    /// The name as first written, or its digest in hexadecimal where that was too long; nil when the
    /// entry is gone.
    package func name(at place: Place, into arena: Arena) -> ByteView? {
        let first = layout.slot(place.slot)
        let flags = cells.load(first + SlotCell.description)
        let name: ByteView
        if flags & EntryFlags.digestName != 0 {
            let digest = cells.load(first + SlotCell.nameDigest)
            name = arena.fill(upTo: 16) { output in
                for shift in stride(from: UInt64(60), through: 0, by: -4) {
                    let digit = UInt8(truncatingIfNeeded: digest >> shift & 15)
                    output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
                }
            }
        } else {
            let count = min(Int(flags & 0xFFFF), shape.nameBytes)
            name = readBytes(count, at: first + SlotCell.name, into: arena)
        }
        return isUnchanged(place) ? name : nil
    }

    /// The name of a key's entry as it was first written.
    package func name(of key: EntryKey, into arena: Arena) -> ByteView? {
        guard let place = find(key) else { return nil }
        return name(at: place, into: arena)
    }
}
