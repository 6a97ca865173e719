// Finding the lines of a head that may arrive in pieces: RFC 9112 section 2.

internal import Bytes
internal import HTTPMessage

/// How far into its input a head has been read. Bytes are looked at once, however often the
/// parser is called.
///
/// Offsets count from the input's first byte, which stays the same while a head is incomplete.
struct HeadScanner: Sendable {
    /// Where the head begins: behind an empty line, if one came before it.
    private(set) var headStart = 0
    /// Where the first line begins that has not been read.
    private(set) var lineStart = 0
    /// No line ends between `lineStart` and here.
    private var searchedTo = 0

    var hasSeenBytes: Bool { searchedTo > 0 }

    /// Passes over the first two bytes.
    mutating func skipEmptyLine() {
        headStart = 2
        lineStart = 2
        searchedTo = 2
    }

    /// The next line without its CRLF; nil when it is incomplete.
    ///
    /// - Parameter limit: For everything from the head's beginning to this line's end.
    /// - Throws: `tooLong` as soon as the line can no longer end within `limit`.
    mutating func nextLine(
        in input: ByteView, limit: Int, tooLong: HTTP1Error
    ) throws(HTTP1Error) -> Range<Int>? {
        guard let feed = input.firstIndex(of: ASCII.lineFeed, from: searchedTo) else {
            guard input.count - headStart < limit else { throw tooLong }
            searchedTo = input.count
            return nil
        }
        guard feed - headStart < limit else { throw tooLong }
        guard feed > lineStart, input[feed - 1] == ASCII.carriageReturn else { throw .bareLineFeed }
        let line = lineStart..<(feed - 1)
        lineStart = feed + 1
        searchedTo = lineStart
        return line
    }

    /// Reads field lines up to the empty line.
    ///
    /// - Returns: The offset behind the head, nil when `input` ends before it. Either way `fields`
    ///   holds the lines read so far, also when this throws.
    mutating func readFields(
        in input: ByteView, limits: HTTPLimits, into fields: inout HeaderFields
    ) throws(HTTP1Error) -> Int? {
        let first = lineStart
        do throws(HTTP1Error) {
            let end = try noteFields(in: input, limits: limits, into: &fields)
            fields.adopt(input[first..<lineStart])
            return end
        } catch {
            fields.adopt(input[first..<lineStart])
            throw error
        }
    }

    private mutating func noteFields(
        in input: ByteView, limits: HTTPLimits, into fields: inout HeaderFields
    ) throws(HTTP1Error) -> Int? {
        let limit = limits.maxHeadBytes
        while let range = try nextLine(in: input, limit: limit, tooLong: .headTooLong(limit: limit)) {
            if range.isEmpty { return lineStart }
            let line = input[range]
            let field = try FieldLine.parse(line)
            let maxFields = min(limits.maxFields, HeaderFields.maxCount)
            guard fields.count < maxFields else { throw .tooManyFields(limit: maxFields) }
            let start = range.lowerBound - headStart
            fields.note(
                name: line[..<field.nameCount], at: start,
                value: (start + field.value.lowerBound)..<(start + field.value.upperBound))
        }
        return nil
    }
}
