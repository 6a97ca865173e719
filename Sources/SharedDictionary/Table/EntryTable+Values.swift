// Values as a whole: set and read.

package import Bytes
internal import Posix

/// What an entry holds.
package enum EntryValue: Equatable {
    case number(Int64)
    /// In the caller's arena.
    case text(ByteView)

    package static func == (left: EntryValue, right: EntryValue) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left == right
        case (.text(let left), .text(let right)): left == right
        case (.number, .text), (.text, .number): false
        }
    }
}

extension EntryTable {
    /// Sets the value of a key. A text longer than `TableShape.textBytes` is cut off.
    ///
    /// - Returns: false when it was refused, which is counted.
    @discardableResult package func set(
        _ key: EntryKey, _ draft: EntryDraft, to value: EntryValue, at moment: Int64
    ) -> Bool {
        let kind: SequenceWord.Kind =
            switch value {
            case .number: .number
            case .text: .nothing
            }
        guard let slot = pinned(key, draft, kind, at: moment) else { return false }
        defer { unpin() }
        let word = layout.slot(slot) + SlotCell.sequence
        let number = layout.slot(slot) + SlotCell.number
        store(moment, SlotCell.touched, of: slot)
        let sequence = SequenceWord(bits: cells.loadAcquiring(word))
        if case .number(let new) = value, sequence.kind == .number, !sequence.isBusy {
            cells.storeOrdered(UInt64(bitPattern: new), at: number)
            return true
        }
        // Somebody is setting the entry at this moment: theirs counts as the later one.
        let busy = sequence.busy(writer)
        guard !sequence.isBusy, cells.exchange(word, expected: sequence.bits, desired: busy.bits) else {
            return true
        }
        switch value {
        case .number(let new):
            cells.store(UInt64(bitPattern: new), at: number)
            cells.storeReleasing(busy.holding(.number).bits, at: word)
        case .text(let text):
            let kept = text[..<min(text.count, shape.textBytes)]
            writeBytes(kept, at: layout.slot(slot) + shape.textCell)
            cells.storeReleasing(busy.holding(.text, textBytes: kept.count).bits, at: word)
        }
        return true
    }

    /// The value of a key; nil when there is none, or it has ended.
    package func value(of key: EntryKey, at moment: Int64, into arena: Arena) -> EntryValue? {
        for _ in 0..<TableLimits.attempts {
            guard let place = find(key) else { return nil }
            if let value = value(at: place, moment, into: arena) { return value }
            if isUnchanged(place) { return nil }
        }
        return nil
    }

    /// The number of a key; nil for a text too.
    package func number(of key: EntryKey, at moment: Int64) -> Int64? {
        guard let place = find(key), !isEnded(place.slot, at: moment) else { return nil }
        let sequence = SequenceWord(bits: cells.loadAcquiring(layout.slot(place.slot) + SlotCell.sequence))
        let number = load(SlotCell.number, of: place.slot)
        return sequence.kind == .number && isUnchanged(place) ? number : nil
    }

    /// The value of an entry that was found; nil when it has ended, is gone, or holds none.
    package func value(at place: Place, _ moment: Int64, into arena: Arena) -> EntryValue? {
        guard !isEnded(place.slot, at: moment) else { return nil }
        let first = layout.slot(place.slot)
        for _ in 0..<TableLimits.looks {
            let sequence = SequenceWord(bits: cells.loadAcquiring(first + SlotCell.sequence))
            if sequence.isBusy { continue }
            let value: EntryValue
            switch sequence.kind {
            case .nothing: return nil
            case .number: value = .number(load(SlotCell.number, of: place.slot))
            case .text:
                let count = min(sequence.textBytes, shape.textBytes)
                value = .text(readBytes(count, at: first + shape.textCell, into: arena))
            }
            guard cells.loadAfterLoads(first + SlotCell.sequence) == sequence.bits else { continue }
            return isUnchanged(place) ? value : nil
        }
        return nil
    }
}
