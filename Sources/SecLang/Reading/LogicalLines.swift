// From bytes to logical lines. A `\` at the very end of a physical line joins the next one to it,
// with its indentation; a comment is a line of its own that begins with `#`, and is joined too,
// so that a commented-out rule of several lines is commented out whole.

internal import Bytes

struct LogicalLines: Sequence, IteratorProtocol {
    private let file: SourceFile
    private let number: Int
    private var offset = 0

    /// - Parameter number: What `PlacedText.file` of the lines says.
    init(of file: SourceFile, number: Int) {
        self.file = file
        self.number = number
        // A byte order mark is no part of the first word.
        if file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// The next line that is neither empty nor a comment, blanks on both ends taken off.
    mutating func next() -> PlacedText? {
        while offset < file.bytes.count {
            let line = readJoined().trimmed
            if let first = line.bytes.first, first != UInt8(ascii: "#") { return line }
        }
        return nil
    }

    private mutating func readJoined() -> PlacedText {
        var line = PlacedText(file: number, emptyAt: offset)
        var isContinued = true
        while isContinued, offset < file.bytes.count {
            let physical = file.lineRange(around: offset)
            let content = offset..<physical.upperBound
            isContinued = !content.isEmpty && file.bytes[content.upperBound - 1] == UInt8(ascii: "\\")
            for index in isContinued ? content.dropLast() : content[...] {
                line.append(file.bytes[index], at: index)
            }
            offset = content.upperBound
            if offset < file.bytes.count, file.bytes[offset] == ASCII.carriageReturn { offset += 1 }
            offset += 1
        }
        return line
    }
}
