// When entries end. Every one has an expiry; one that has ended is not there for anybody, and its slot
// is taken when it is next needed.

internal import Posix

extension EntryTable {
    /// Gives a key an expiry of its own. An entry that is not there is made, without a value, so that
    /// what is set later ends in time.
    package func setExpiry(_ key: EntryKey, _ draft: EntryDraft, to expiry: Int64, at moment: Int64) {
        guard let slot = pinned(key, draft, .nothing, at: moment) else { return }
        defer { unpin() }
        store(expiry, SlotCell.expiry, of: slot)
        let description = layout.slot(slot) + SlotCell.description
        // Set by several processes at once to the same bits: no exchange needed.
        cells.store(cells.load(description) | EntryFlags.ownExpiry, at: description)
    }

    /// Makes an entry, or gives the one that is there the draft's expiry. It counts as changed at its end:
    /// what has to make room for others is taken from those that were changed before, so an entry that
    /// is held goes after all others of its neighbourhood.
    ///
    /// - Returns: false when it was refused, which is counted.
    package func hold(_ key: EntryKey, _ draft: EntryDraft, at moment: Int64) -> Bool {
        guard let slot = pinned(key, draft, .number, at: moment) else { return false }
        defer { unpin() }
        store(draft.expiry, SlotCell.expiry, of: slot)
        store(draft.expiry, SlotCell.touched, of: slot)
        return true
    }

    /// Milliseconds since 1970; nil when there is no such entry, or it has ended.
    package func expiry(of key: EntryKey, at moment: Int64) -> Int64? {
        guard let place = find(key) else { return nil }
        let expiry = load(SlotCell.expiry, of: place.slot)
        return isUnchanged(place) && expiry > moment ? expiry : nil
    }

    /// The expiry that was set for this entry alone; nil too when there is none.
    package func ownExpiry(of key: EntryKey, at moment: Int64) -> Int64? {
        guard let place = find(key) else { return nil }
        let flags = cells.load(layout.slot(place.slot) + SlotCell.description)
        let expiry = load(SlotCell.expiry, of: place.slot)
        return isUnchanged(place) && flags & EntryFlags.ownExpiry != 0 && expiry > moment ? expiry : nil
    }

    /// What is known of an entry's past.
    package struct Times: Equatable, Sendable {
        /// Milliseconds since 1970.
        package var created: Int64
        /// Milliseconds since 1970 of the last change.
        package var touched: Int64
        /// Milliseconds.
        package var lifetime: Int64
    }

    package func times(of key: EntryKey, at moment: Int64) -> Times? {
        guard let place = find(key), !isEnded(place.slot, at: moment) else { return nil }
        let times = Times(
            created: load(SlotCell.created, of: place.slot), touched: load(SlotCell.touched, of: place.slot),
            lifetime: load(SlotCell.lifetime, of: place.slot))
        return isUnchanged(place) ? times : nil
    }

    package func setLifetime(_ key: EntryKey, _ draft: EntryDraft, to lifetime: Int64, at moment: Int64) {
        guard let slot = pinned(key, draft, .nothing, at: moment) else { return }
        defer { unpin() }
        store(lifetime, SlotCell.lifetime, of: slot)
    }

    /// Lets all entries of a group that have no expiry of their own end at `expiry`.
    package func extend(_ group: KeyDigest, to expiry: Int64, at moment: Int64) {
        visit(group, at: moment) { place in
            guard pin(place) else { return true }
            defer { unpin() }
            let flags = cells.load(layout.slot(place.slot) + SlotCell.description)
            if flags & EntryFlags.ownExpiry == 0 { store(expiry, SlotCell.expiry, of: place.slot) }
            return true
        }
    }
}
