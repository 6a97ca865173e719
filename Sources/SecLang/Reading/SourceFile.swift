// A rule file as it was read, and where its lines begin.

struct SourceFile: Sendable {
    let path: String
    let bytes: [UInt8]
    /// Offset of the first byte of each physical line; never empty.
    private let lineStarts: [Int]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [0]
        for index in bytes.indices where bytes[index] == 0x0A { starts.append(index + 1) }
        lineStarts = starts
    }

    /// - Parameter offset: 0 to the size of the file.
    func place(of offset: Int) -> SourcePlace {
        let line = lineIndex(of: offset)
        return SourcePlace(file: path, line: line + 1, column: offset - lineStarts[line] + 1)
    }

    /// The physical line around `offset`, without its line end.
    func lineRange(around offset: Int) -> Range<Int> {
        let line = lineIndex(of: offset)
        var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : bytes.count
        if end > lineStarts[line], bytes[end - 1] == 0x0D { end -= 1 }
        return lineStarts[line]..<end
    }

    /// The last line that begins at or before `offset`.
    private func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
