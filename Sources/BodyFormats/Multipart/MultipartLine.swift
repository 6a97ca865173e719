// Lines of a multipart body, and which of them are boundaries. RFC 2046 section 5.1.1.

internal import Bytes

/// A line with its line end.
struct MultipartLine {
    enum Kind: Equatable { case boundary, finalBoundary, other }

    var range: Range<Int>
    var kind: Kind
}

extension MultipartParser {
    /// The next line, nil when the body ends: a last line without a line end is one only if it
    /// is the final boundary.
    mutating func nextLine(delimiter: ByteView) throws(MultipartError) -> MultipartLine? {
        let start = position
        guard let lineFeed = body.firstIndex(of: ASCII.lineFeed, from: start) else {
            position = body.count
            let rest = body[start...]
            guard rest.count == delimiter.count + 2, rest.hasPrefix(delimiter), rest.hasSuffix(ByteView("--"))
            else { return nil }
            return MultipartLine(range: start..<body.count, kind: .finalBoundary)
        }
        position = lineFeed + 1
        let range = start..<position
        guard range.count > 3, body[start] == ASCII.byte("-"), body[start + 1] == ASCII.byte("-") else {
            return MultipartLine(range: range, kind: .other)
        }
        return MultipartLine(range: range, kind: try classify(body[range], offset: start, delimiter))
    }

    /// - Parameter line: Begins with two dashes and ends in LF.
    private mutating func classify(
        _ line: ByteView, offset: Int, _ delimiter: ByteView
    ) throws(MultipartError) -> MultipartLine.Kind {
        guard line.hasPrefix(delimiter) else {
            try checkNearMiss(line[2...], offset: offset)
            flags.insert(.unmatchedBoundary)
            return .other
        }
        var rest = line[delimiter.count...]
        var kind = MultipartLine.Kind.boundary
        if rest.hasPrefix(ByteView("--")) {
            kind = .finalBoundary
            rest = rest[2...]
        }
        // The grammar allows blanks here; backends disagree about them.
        if rest.equals("\r\n") {
            noteLineEnd(isCRLF: true)
        } else if rest.count == 1 {
            noteLineEnd(isCRLF: false)
        } else {
            throw .boundaryLineMalformed(offset: offset)
        }
        return kind
    }

    /// The boundary in quotes, or behind white space: some backend may take it for one.
    private func checkNearMiss(_ text: ByteView, offset: Int) throws(MultipartError) {
        if flags.contains(.boundaryQuoted), text[0] == ASCII.byte("\""), text[1...].hasPrefix(boundary) {
            throw .boundaryLineQuoted(offset: offset)
        }
        var index = 0
        while index < text.count, ASCII.isSpace(text[index]) { index += 1 }
        if index > 0, text[index...].hasPrefix(boundary) { throw .boundaryLineIndented(offset: offset) }
    }

    mutating func noteLineEnd(of line: MultipartLine) {
        let isCRLF = line.range.count > 1 && body[line.range.upperBound - 2] == ASCII.carriageReturn
        noteLineEnd(isCRLF: isCRLF)
    }

    private mutating func noteLineEnd(isCRLF: Bool) {
        flags.insert(isCRLF ? .crlfLine : .lfLine)
        if flags.isSuperset(of: [.crlfLine, .lfLine]) { flags.insert(.crlfLFLines) }
    }
}
