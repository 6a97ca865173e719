// The header lines of one part. RFC 7578 section 4.8, RFC 5322 section 2.2.

internal import Bytes

/// Gathers header lines, joins folded ones, and finds the Content-Disposition.
struct PartHeaders {
    /// Whole header lines without line ends.
    var lines: [ByteView] = []
    /// The header that is being joined from several lines, else nothing. It enters `lines` whole:
    /// a view for every step would take the square of its length.
    private var folded: [UInt8] = []
    private let limits: MultipartLimits
    private let arena: Arena

    init(limits: MultipartLimits, arena: Arena) {
        self.limits = limits
        self.arena = arena
    }

    /// Value of the Content-Disposition, blanks before it skipped.
    var disposition: ByteView? {
        for line in lines {
            let name = Self.name(of: line)
            guard name.equalsIgnoringASCIICase("content-disposition") else { continue }
            let value = line[(name.count + 1)...]
            var start = 0
            while start < value.count, ASCII.isBlank(value[start]) { start += 1 }
            return value[start...]
        }
        return nil
    }

    /// Takes one line with its line end.
    ///
    /// - Parameter offset: Of the line in the body.
    /// - Returns: Whether it was the empty line that ends the headers.
    mutating func add(
        _ line: ByteView, offset: Int, _ flags: inout MultipartFlags
    ) throws(MultipartError) -> Bool {
        guard line.count <= limits.headerLineBytes else {
            throw .headerLineTooLong(limitBytes: limits.headerLineBytes, offset: offset)
        }
        guard !line.contains(0) else { throw .headerHoldsNUL(offset: offset) }
        let text = Self.withoutLineEnd(line)
        guard !text.isEmpty else {
            endFolding()
            return true
        }
        // PHP, for one, takes any white space for a fold.
        if ASCII.isSpace(text[0]) {
            try fold(text, offset: offset, &flags)
        } else {
            endFolding()
            try addHeader(text, offset: offset)
        }
        return false
    }

    private mutating func fold(
        _ text: ByteView, offset: Int, _ flags: inout MultipartFlags
    ) throws(MultipartError) {
        flags.insert(.headerFolding)
        if folded.isEmpty {
            guard let header = lines.popLast() else { throw .foldingWithoutHeader(offset: offset) }
            folded = header.array
        }
        var start = 0
        while start < text.count, ASCII.isSpace(text[start]) {
            if !ASCII.isBlank(text[start]) { flags.insert(.invalidHeaderFolding) }
            start += 1
        }
        let continuation = text[start...]
        guard folded.count + 1 + continuation.count <= limits.headerLineBytes else {
            throw .headerLineTooLong(limitBytes: limits.headerLineBytes, offset: offset)
        }
        folded.append(ASCII.space)
        for index in continuation.indices { folded.append(continuation[index]) }
    }

    private mutating func endFolding() {
        guard !folded.isEmpty else { return }
        let header = folded
        lines.append(
            arena.fill(upTo: header.count) { output in
                for byte in header { output.append(byte) }
            })
        folded.removeAll(keepingCapacity: true)
    }

    private mutating func addHeader(_ text: ByteView, offset: Int) throws(MultipartError) {
        guard let colon = text.firstIndex(of: ASCII.byte(":")) else {
            throw .headerColonMissing(offset: offset)
        }
        guard colon > 0 else { throw .headerNameMissing(offset: offset) }
        let name = text[..<colon]
        guard !lines.contains(where: { Self.name(of: $0).equalsIgnoringASCIICase(name) }) else {
            throw .headerRepeated(offset: offset)
        }
        guard lines.count < limits.headersPerPart else {
            throw .tooManyHeaders(limit: limits.headersPerPart, offset: offset)
        }
        lines.append(text)
    }

    /// What stands before the colon; every line kept has one.
    private static func name(of line: ByteView) -> ByteView {
        line[..<(line.firstIndex(of: ASCII.byte(":")) ?? 0)]
    }

    private static func withoutLineEnd(_ line: ByteView) -> ByteView {
        guard line.count > 1, line[line.count - 2] == ASCII.carriageReturn else {
            return line[..<(line.count - 1)]
        }
        return line[..<(line.count - 2)]
    }
}
