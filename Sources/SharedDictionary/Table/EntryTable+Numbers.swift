// Numbers: changed by compare-and-swap, exact over all processes.

package import Bytes
internal import Posix

extension EntryTable {
    /// Changes the number of a key in one step; an entry that is not there, or has ended, begins at 0.
    ///
    /// - Parameters:
    ///   - textValue: What a text counts as, if the entry holds one: it becomes a number.
    ///   - change: From the number that is there to the one to be; called again when another process
    ///     was quicker. The same number is not written.
    ///   - keptUntil: An entry that would end before this moment gets the draft's expiry.
    /// - Returns: nil when it was refused, which is counted.
    package func update(
        _ key: EntryKey, _ draft: EntryDraft, at moment: Int64, keptUntil: Int64 = .min,
        textValue: (ByteView) -> Int64 = { _ in 0 }, _ change: (Int64) -> Int64
    ) -> (old: Int64, new: Int64)? {
        guard let slot = pinned(key, draft, .number, at: moment) else { return nil }
        defer { unpin() }
        if load(SlotCell.expiry, of: slot) < keptUntil { store(draft.expiry, SlotCell.expiry, of: slot) }
        let number = layout.slot(slot) + SlotCell.number
        let word = layout.slot(slot) + SlotCell.sequence
        for _ in 0..<TableLimits.looks {
            let sequence = SequenceWord(bits: cells.loadAcquiring(word))
            if sequence.isBusy { continue }
            if sequence.kind == .number {
                // A failed exchange is another process's success.
                while true {
                    let old = cells.load(number)
                    let new = UInt64(bitPattern: change(Int64(bitPattern: old)))
                    guard new != old else { return (Int64(bitPattern: old), Int64(bitPattern: old)) }
                    if cells.exchange(number, expected: old, desired: new) {
                        store(moment, SlotCell.touched, of: slot)
                        return (Int64(bitPattern: old), Int64(bitPattern: new))
                    }
                    if SequenceWord(bits: cells.loadAcquiring(word)) != sequence { break }
                }
                continue
            }
            let busy = sequence.busy(writer)
            guard cells.exchange(word, expected: sequence.bits, desired: busy.bits) else { continue }
            let old = sequence.kind == .text ? textValue(text(sequence.textBytes, of: slot)) : 0
            let new = change(old)
            cells.store(UInt64(bitPattern: new), at: number)
            store(moment, SlotCell.touched, of: slot)
            cells.storeReleasing(busy.holding(.number).bits, at: word)
            return (old, new)
        }
        statistics.refusals += 1
        return nil
    }

    /// Makes an entry with the number 0 unless it is there.
    ///
    /// - Returns: Whether it was made, and by this call; false too when it was refused.
    package func make(_ key: EntryKey, _ draft: EntryDraft, at moment: Int64) -> Bool {
        let before = statistics.insertions
        guard pinned(key, draft, .number, at: moment) != nil else { return false }
        unpin()
        return statistics.insertions != before
    }

    /// Adds; the sum is never below 0 nor beyond what an Int64 holds.
    package func add(
        _ amount: Int64, to key: EntryKey, _ draft: EntryDraft, at moment: Int64,
        textValue: (ByteView) -> Int64 = { _ in 0 }
    ) -> Int64? {
        update(key, draft, at: moment, textValue: textValue) { old in
            let (sum, overflow) = old.addingReportingOverflow(amount)
            return overflow ? (amount < 0 ? 0 : .max) : max(0, sum)
        }?.new
    }

    private func text(_ count: Int, of slot: Int) -> ByteView {
        scratch.reset()
        return readBytes(
            min(count, shape.textBytes), at: layout.slot(slot) + shape.textCell, into: scratch)
    }
}
