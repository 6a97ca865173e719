// After a worker's death: what it left half done.

internal import Posix

extension EntryTable {
    /// Frees what a dead writer had claimed, removes the entries whose text it was writing, and takes its
    /// pin away. To be called when the process has been reaped, before another gets its number.
    ///
    /// - Returns: How many slots it had left half written.
    @discardableResult package func recover(fromDeathOf dead: Int) -> Int {
        precondition(dead >= 0 && dead < layout.writerCount, "no such writer")
        var found = 0
        for slot in 0..<layout.slotCount {
            let place = Place(
                slot: slot, control: ControlWord(bits: cells.loadAcquiring(layout.control(slot))))
            switch place.control.state {
            case .free, nil: continue
            case .claimed: guard place.control.owner == dead else { continue }
            case .live:
                let word = SequenceWord(bits: cells.load(layout.slot(slot) + SlotCell.sequence))
                guard word.isBusy, word.owner == dead else { continue }
            }
            if free(place) { found += 1 }
        }
        cells.storeOrdered(0, at: layout.pin(dead))
        return found
    }
}
