// Where an entry is.

internal import Posix

extension EntryTable {
    /// A live slot and its control word as it was found.
    package struct Place {
        let slot: Int
        let control: ControlWord
    }

    func find(_ key: EntryKey) -> Place? {
        let tag = key.tag
        var slot = layout.home(of: key.group)
        for _ in 0..<TableLimits.probeSlots {
            let control = ControlWord(bits: cells.loadAcquiring(layout.control(slot)))
            if control.tag == tag, control.state == .live {
                let place = Place(slot: slot, control: control)
                if holds(key, at: slot), isUnchanged(place) { return place }
            }
            slot = layout.next(slot)
        }
        return nil
    }

    func holds(_ key: EntryKey, at slot: Int) -> Bool {
        let first = layout.slot(slot)
        return cells.load(first + SlotCell.nameDigest) == key.name && isOf(key.group, slot)
    }

    func isOf(_ group: KeyDigest, _ slot: Int) -> Bool {
        let first = layout.slot(slot) + SlotCell.group
        return cells.load(first) == group.low && cells.load(first + 1) == group.high
    }

    /// Whether what was read of a slot is of the entry that was found there.
    func isUnchanged(_ place: Place) -> Bool {
        cells.loadAfterLoads(layout.control(place.slot)) == place.control.bits
    }

    func isEnded(_ slot: Int, at moment: Int64) -> Bool { load(SlotCell.expiry, of: slot) <= moment }

    func load(_ cell: Int, of slot: Int) -> Int64 {
        Int64(bitPattern: cells.load(layout.slot(slot) + cell))
    }

    func store(_ value: Int64, _ cell: Int, of slot: Int) {
        cells.store(UInt64(bitPattern: value), at: layout.slot(slot) + cell)
    }

    // MARK: Pins

    /// Holds on to a slot, unless its entry is gone already. One at a time.
    func pin(_ place: Place) -> Bool {
        cells.storeOrdered(UInt64(place.slot + 1), at: layout.pin(writer))
        if cells.loadOrdered(layout.control(place.slot)) == place.control.bits { return true }
        unpin()
        return false
    }

    func unpin() { cells.storeReleasing(0, at: layout.pin(writer)) }

    /// Whether another process still holds on to a slot that this one has claimed.
    func isHeldByAnother(_ slot: Int) -> Bool {
        for _ in 0..<TableLimits.looks {
            var isHeld = false
            for other in 0..<layout.writerCount where other != writer {
                if cells.loadOrdered(layout.pin(other)) == UInt64(slot + 1) { isHeld = true }
            }
            if !isHeld { return false }
        }
        return true
    }

    // MARK: Removing

    /// - Returns: false when somebody else has changed the slot meanwhile.
    @discardableResult func free(_ place: Place) -> Bool {
        guard
            cells.exchange(
                layout.control(place.slot), expected: place.control.bits, desired: place.control.freed.bits)
        else { return false }
        if place.control.state == .live { cells.addAtomically(.max, at: TableLayout.entriesCell) }
        return true
    }

    /// Removes an entry, if it is there. What others write to it at the same moment is lost with it.
    package func remove(_ key: EntryKey) {
        for _ in 0..<TableLimits.attempts {
            guard let place = find(key) else { return }
            if free(place) { return }
        }
        statistics.refusals += 1
    }
}
