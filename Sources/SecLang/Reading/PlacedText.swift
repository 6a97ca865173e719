// Text that remembers where each byte stood in its file, through joined lines and taken-off
// quotes: so that an error deep inside a rule names the physical line and column.

internal import Bytes

struct PlacedText: Sendable {
    /// Number of the file among those of the load.
    let file: Int
    private(set) var bytes: [UInt8] = []
    /// Offset in the file of each byte.
    private var offsets: [Int32] = []
    /// Where an empty text stands; behind the last byte otherwise.
    private var endOffset: Int32

    init(file: Int, emptyAt offset: Int) {
        self.file = file
        endOffset = Int32(offset)
    }

    var count: Int { bytes.count }
    var isEmpty: Bool { bytes.isEmpty }
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Offset in the file of the first byte.
    var start: Int { Int(offsets.first ?? endOffset) }
    /// Offset in the file behind the last byte.
    var end: Int { Int(endOffset) }

    /// - Parameter index: 0 to `count`.
    func offset(at index: Int) -> Int { index < count ? Int(offsets[index]) : end }

    subscript(index: Int) -> UInt8 { bytes[index] }

    subscript(range: Range<Int>) -> PlacedText {
        var part = PlacedText(file: file, emptyAt: offset(at: range.lowerBound))
        guard !range.isEmpty else { return part }
        part.bytes = Array(bytes[range])
        part.offsets = Array(offsets[range])
        part.endOffset = offsets[range.upperBound - 1] + 1
        return part
    }

    mutating func append(_ byte: UInt8, at offset: Int) {
        bytes.append(byte)
        offsets.append(Int32(offset))
        endOffset = Int32(offset) + 1
    }

    mutating func append(byteOf other: PlacedText, at index: Int) {
        append(other.bytes[index], at: Int(other.offsets[index]))
    }

    /// Without blanks on both ends.
    var trimmed: PlacedText {
        guard let first = bytes.firstIndex(where: { !ASCII.isSpace($0) }),
            let last = bytes.lastIndex(where: { !ASCII.isSpace($0) })
        else { return self[0..<0] }
        return self[first..<last + 1]
    }

    /// The pieces between the bytes that `isSeparator` accepts, empty ones left out.
    func split(where isSeparator: (UInt8) -> Bool) -> [PlacedText] {
        var pieces: [PlacedText] = []
        var start = 0
        for index in 0...count where index == count || isSeparator(bytes[index]) {
            if index > start { pieces.append(self[start..<index]) }
            start = index + 1
        }
        return pieces
    }
}
