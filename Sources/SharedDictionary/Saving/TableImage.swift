// A dictionary as bytes, for a file: what is kept over a restart.
//
//      0  magic "WAFDICT1"
//      8  version (u32), shape (u32)
//     16  seed (2 x u64)
//     32  entries, each:
//         group (2 x u64), name's digest, expiry, touched, created, lifetime, number (u64)
//         kind, flags, bytes of the name, bytes of the text (u32)
//         name, text
//
// Little endian. The digests depend on the seed, so a dictionary that takes up the entries has it too.

package import Bytes
internal import Posix

package enum TableImage {
    package static let version: UInt32 = 1
    private static let magic: UInt64 = 0x3154_4349_4446_4157
    private static let headerBytes = 32
    private static let entryBytes = 80

    /// All entries that have not ended.
    ///
    /// - Parameter table: May be written to meanwhile: each entry is whole.
    package static func encode(_ table: EntryTable, at moment: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        append(magic, to: &bytes)
        append(UInt64(version) | table.shape.rawValue << 32, to: &bytes)
        append(table.seed.first, to: &bytes)
        append(table.seed.second, to: &bytes)
        let arena = Arena(chunkBytes: 4 << 10, keptBytes: 4 << 10)
        table.visitAll(at: moment) { place in
            arena.reset()
            table.append(place, to: &bytes, moment, arena)
        }
        return bytes
    }

    /// The seed that a dictionary needs in order to take up the entries.
    package static func seed(of image: ByteView) throws(TableError) -> KeySeed {
        guard image.count >= headerBytes, image.loadUInt64(at: 0) == magic else {
            throw .malformedImage("it does not begin as one")
        }
        let found = image.loadUInt32(at: 8)
        guard found == version else { throw .imageVersion(found: found, expected: version) }
        return KeySeed(first: image.loadUInt64(at: 16), second: image.loadUInt64(at: 24))
    }

    /// Puts the entries that have not ended into a dictionary with the image's seed.
    ///
    /// - Returns: How many.
    /// - Throws: When an entry is malformed; those before it stay.
    package static func restore(_ image: ByteView, to table: EntryTable, at moment: Int64) throws(TableError)
        -> Int
    {
        guard try seed(of: image) == table.seed else { throw .malformedImage("its seed is another") }
        var offset = headerBytes
        var count = 0
        while offset < image.count {
            guard image.count - offset >= entryBytes else { throw .malformedImage("an entry is cut short") }
            func field(_ index: Int) -> UInt64 { image.loadUInt64(at: offset + index * 8) }
            func half(_ index: Int) -> Int { Int(image.loadUInt32(at: offset + 64 + index * 4)) }
            guard let kind = SequenceWord.Kind(rawValue: UInt64(half(0))), half(2) <= table.shape.nameBytes,
                half(3) <= table.shape.textBytes,
                image.count - offset - entryBytes >= half(2) + half(3)
            else { throw .malformedImage("an entry has an impossible length or kind") }
            let name = image[(offset + entryBytes)...][..<half(2)]
            let text = image[(offset + entryBytes + half(2))...][..<half(3)]
            let expiry = Int64(bitPattern: field(3))
            if expiry > moment {
                var draft = EntryDraft(name: name, expiry: expiry, lifetime: Int64(bitPattern: field(6)))
                draft.hasOwnExpiry = UInt64(half(1)) & EntryFlags.ownExpiry != 0
                let key = EntryKey(group: KeyDigest(low: field(0), high: field(1)), name: field(2))
                let past = EntryTable.Times(
                    created: Int64(bitPattern: field(5)), touched: Int64(bitPattern: field(4)), lifetime: 0)
                let number = Int64(bitPattern: field(7))
                if table.restore(
                    key, draft, flags: UInt64(half(1)), kind, number: number, text: text, past, at: moment)
                {
                    count += 1
                }
            }
            offset += entryBytes + half(2) + half(3)
        }
        return count
    }

    fileprivate static func append(_ word: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }
}

extension EntryTable {
    fileprivate func append(_ place: Place, to bytes: inout [UInt8], _ moment: Int64, _ arena: Arena) {
        let first = layout.slot(place.slot)
        let fields = [
            SlotCell.group, SlotCell.group + 1, SlotCell.nameDigest, SlotCell.expiry, SlotCell.touched,
            SlotCell.created, SlotCell.lifetime,
        ].map { cells.load(first + $0) }
        let description = cells.load(first + SlotCell.description)
        let name = readBytes(
            min(Int(description & 0xFFFF), shape.nameBytes), at: first + SlotCell.name, into: arena)
        var kind = SequenceWord.Kind.nothing
        var number: Int64 = 0
        var text = ByteView.empty
        switch value(at: place, moment, into: arena) {
        case .number(let value)?: (kind, number) = (.number, value)
        case .text(let value)?: (kind, text) = (.text, value)
        case nil: break
        }
        guard isUnchanged(place) else { return }
        for field in fields { TableImage.append(field, to: &bytes) }
        TableImage.append(UInt64(bitPattern: number), to: &bytes)
        let flags = description & ~0xFFFF
        TableImage.append(kind.rawValue | flags << 32, to: &bytes)
        TableImage.append(UInt64(name.count) | UInt64(text.count) << 32, to: &bytes)
        for view in [name, text] { for index in view.indices { bytes.append(view[index]) } }
    }

    /// An entry as it was saved.
    fileprivate func restore(
        _ key: EntryKey, _ draft: EntryDraft, flags: UInt64, _ kind: SequenceWord.Kind, number: Int64,
        text: ByteView, _ past: Times, at moment: Int64
    ) -> Bool {
        guard let slot = pinned(key, draft, kind == .number ? .number : .nothing, at: moment) else {
            return false
        }
        defer { unpin() }
        let first = layout.slot(slot)
        store(past.created, SlotCell.created, of: slot)
        store(past.touched, SlotCell.touched, of: slot)
        let description = cells.load(first + SlotCell.description)
        cells.store(description | flags & EntryFlags.digestName, at: first + SlotCell.description)
        switch kind {
        case .nothing: break
        case .number: store(number, SlotCell.number, of: slot)
        case .text:
            let busy = SequenceWord(bits: cells.load(first + SlotCell.sequence)).busy(writer)
            writeBytes(text, at: first + shape.textCell)
            cells.storeReleasing(
                busy.holding(.text, textBytes: text.count).bits, at: first + SlotCell.sequence)
        }
        return true
    }
}
