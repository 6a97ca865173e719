// New entries: a slot is claimed, written, and published unless another process was quicker.

package import Bytes
internal import Posix

/// What an entry is made with when it is not there yet.
package struct EntryDraft {
    /// For listing.
    package var name: ByteView
    /// Milliseconds since 1970.
    package var expiry: Int64
    /// Milliseconds; what ``EntryTable/extend(_:at:by:)`` goes by is the caller's to choose.
    package var lifetime: Int64
    /// Whether the expiry is the entry's own and does not move with its group's.
    package var hasOwnExpiry = false

    package init(name: ByteView, expiry: Int64, lifetime: Int64 = 0) {
        self.name = name
        self.expiry = expiry
        self.lifetime = lifetime
    }
}

extension EntryTable {
    /// The entry of a key, made if need be, pinned until ``unpin()``.
    ///
    /// - Returns: nil when it was refused, which is counted.
    func pinned(
        _ key: EntryKey, _ draft: EntryDraft, _ kind: SequenceWord.Kind, at moment: Int64
    ) -> Int? {
        var passedOver: UInt64 = 0
        for attempt in 0..<TableLimits.attempts {
            if let place = find(key) {
                if isEnded(place.slot, at: moment) {
                    free(place)
                } else if pin(place) {
                    return place.slot
                }
                continue
            }
            guard let choice = room(for: key, passedOver, at: moment) else { break }
            guard let claim = claim(choice.place, for: key, isEviction: choice.isEviction) else { continue }
            if isHeldByAnother(claim.slot) {
                free(claim)
                unpin()
                passedOver |= 1 << choice.step
                continue
            }
            write(key, draft, kind, at: claim.slot, moment)
            if prevails(claim, key, attempt: attempt, at: moment), publish(claim) { return claim.slot }
            unpin()
        }
        statistics.refusals += 1
        return nil
    }

    /// The slot to take for a new key: a free one, else the first that has ended, else the one that
    /// has lain unchanged for longest. A group that has its share gives one of its own.
    private func room(
        for key: EntryKey, _ passedOver: UInt64, at moment: Int64
    ) -> (place: Place, step: UInt64, isEviction: Bool)? {
        var firstFree: (place: Place, step: UInt64, isEviction: Bool)?
        var ownCount = 0
        var slot = layout.home(of: key.group)
        for step in 0..<UInt64(TableLimits.probeSlots) {
            let control = ControlWord(bits: cells.loadAcquiring(layout.control(slot)))
            if control.state == .live, control.groupTag == key.groupTag { ownCount += 1 }
            if control.state == .free, firstFree == nil, passedOver >> step & 1 == 0 {
                firstFree = (Place(slot: slot, control: control), step, false)
            }
            slot = layout.next(slot)
        }
        let isFull = ownCount >= TableLimits.entriesPerGroup
        if let firstFree, !isFull { return firstFree }
        return oldest(for: key, passedOver, ownOnly: isFull, at: moment)
    }

    private func oldest(
        for key: EntryKey, _ passedOver: UInt64, ownOnly: Bool, at moment: Int64
    ) -> (place: Place, step: UInt64, isEviction: Bool)? {
        var best: (place: Place, step: UInt64, isEviction: Bool)?
        var leastTouched = Int64.max
        var slot = layout.home(of: key.group)
        for step in 0..<UInt64(TableLimits.probeSlots) {
            defer { slot = layout.next(slot) }
            let control = ControlWord(bits: cells.loadAcquiring(layout.control(slot)))
            guard control.state == .live, passedOver >> step & 1 == 0 else { continue }
            // The head of a group goes last of its entries.
            if ownOnly, control.groupTag != key.groupTag || control.nameTag == 0 { continue }
            let place = Place(slot: slot, control: control)
            if isEnded(slot, at: moment) { return (place, step, false) }
            let touched = load(SlotCell.touched, of: slot)
            if best == nil || touched < leastTouched {
                best = (place, step, true)
                leastTouched = touched
            }
        }
        return best
    }

    /// Pins the slot and claims it; nil when another process was quicker.
    private func claim(_ place: Place, for key: EntryKey, isEviction: Bool) -> Place? {
        cells.storeOrdered(UInt64(place.slot + 1), at: layout.pin(writer))
        let claimed = place.control.claimed(by: writer, tag: key.tag)
        guard
            cells.exchange(
                layout.control(place.slot), expected: place.control.bits, desired: claimed.bits)
        else {
            unpin()
            return nil
        }
        if place.control.state == .live { cells.addAtomically(.max, at: TableLayout.entriesCell) }
        if isEviction { statistics.evictions += 1 }
        return Place(slot: place.slot, control: claimed)
    }

    /// Makes a claimed slot the key's. Nobody reads it before it is published.
    private func write(
        _ key: EntryKey, _ draft: EntryDraft, _ kind: SequenceWord.Kind, at slot: Int, _ moment: Int64
    ) {
        let first = layout.slot(slot)
        cells.store(key.group.low, at: first + SlotCell.group)
        cells.store(key.group.high, at: first + SlotCell.group + 1)
        cells.store(key.name, at: first + SlotCell.nameDigest)
        store(draft.expiry, SlotCell.expiry, of: slot)
        store(moment, SlotCell.touched, of: slot)
        store(moment, SlotCell.created, of: slot)
        store(draft.lifetime, SlotCell.lifetime, of: slot)
        store(0, SlotCell.number, of: slot)
        let sequence = SequenceWord(bits: cells.load(first + SlotCell.sequence))
        cells.store(sequence.holding(kind).bits, at: first + SlotCell.sequence)
        var flags: UInt64 = draft.hasOwnExpiry ? EntryFlags.ownExpiry : 0
        if draft.name.count <= shape.nameBytes {
            flags |= UInt64(draft.name.count)
            writeBytes(draft.name, at: first + SlotCell.name)
        } else {
            flags |= EntryFlags.digestName
        }
        cells.store(flags, at: first + SlotCell.description)
    }

    /// Settles who makes the entry when several processes do at once. A live one stands; of two claims
    /// the one in the lower slot does, and undoes the other. Each claim is made before its owner looks
    /// here, so the later of two sees the earlier: at most one is published.
    private func prevails(_ claim: Place, _ key: EntryKey, attempt: Int, at moment: Int64) -> Bool {
        var slot = layout.home(of: key.group)
        var steps = 0
        var looks = 0
        while steps < TableLimits.probeSlots {
            let control = ControlWord(bits: cells.loadOrdered(layout.control(slot)))
            let rival = Place(slot: slot, control: control)
            if slot != claim.slot, control.tag == key.tag, isRival(rival, key, at: moment) {
                let isYielding =
                    control.state == .live
                    || slot < claim.slot && attempt < TableLimits.politeAttempts
                looks += 1
                guard !isYielding, looks < TableLimits.looks else {
                    free(claim)
                    return false
                }
                // Undone or published by its owner meanwhile: look at the same slot again.
                free(rival)
                continue
            }
            slot = layout.next(slot)
            steps += 1
        }
        return true
    }

    /// Whether a slot is claimed for the key or holds it. Of a claim only the tag is known.
    private func isRival(_ rival: Place, _ key: EntryKey, at moment: Int64) -> Bool {
        switch rival.control.state {
        case .claimed: true
        case .live: holds(key, at: rival.slot) && isUnchanged(rival) && !isEndedAndGone(rival, at: moment)
        case .free, nil: false
        }
    }

    /// Removes an entry of the same key that has ended.
    private func isEndedAndGone(_ place: Place, at moment: Int64) -> Bool {
        isEnded(place.slot, at: moment) && free(place)
    }

    /// - Returns: false when another process has undone the claim.
    private func publish(_ claim: Place) -> Bool {
        guard
            cells.exchange(
                layout.control(claim.slot), expected: claim.control.bits,
                desired: claim.control.published.bits)
        else { return false }
        cells.addAtomically(1, at: TableLayout.entriesCell)
        statistics.insertions += 1
        return true
    }
}
