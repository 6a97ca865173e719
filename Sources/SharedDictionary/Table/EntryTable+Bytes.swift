// Names and texts: bytes in cells, lowest byte first.

internal import Bytes
internal import Posix

extension EntryTable {
    /// The cells behind the last byte of `bytes` keep what they held.
    func writeBytes(_ bytes: ByteView, at first: Int) {
        var index = 0
        var cell = first
        while index < bytes.count {
            var word: UInt64 = 0
            let count = min(8, bytes.count - index)
            if count == 8 {
                word = bytes.loadUInt64(at: index)
            } else {
                for offset in 0..<count { word |= UInt64(bytes[index + offset]) << UInt64(offset * 8) }
            }
            cells.store(word, at: cell)
            index += count
            cell += 1
        }
    }

    /// A copy that is of use only if nobody has written meanwhile.
    func readBytes(_ count: Int, at first: Int, into arena: Arena) -> ByteView {
        arena.fill(upTo: count) { output in
            for index in 0..<count {
                let word = cells.load(first + index / 8)
                output.append(UInt8(truncatingIfNeeded: word >> UInt64(index % 8 * 8)))
            }
        }
    }
}
