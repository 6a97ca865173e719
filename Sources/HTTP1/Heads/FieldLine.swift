// One field line: RFC 9112 section 5.

internal import Bytes

/// `field-name ":" OWS field-value OWS`, without its line end. Offsets count from its first byte.
struct FieldLine {
    var nameCount: Int
    /// Without blanks around it; may be empty.
    var value: Range<Int>

    /// Reads a line that is not empty.
    static func parse(_ line: ByteView) throws(HTTP1Error) -> FieldLine {
        guard !ASCII.isBlank(line[0]) else { throw .obsoleteFold }
        let nameCount = countOfToken(line)
        guard nameCount < line.count else { throw .missingColon }
        guard line[nameCount] == ASCII.byte(":") else { throw faultInName(line[nameCount]) }
        guard nameCount > 0 else { throw .emptyFieldName }

        var lower = nameCount + 1
        var upper = line.count
        while lower < upper, ASCII.isBlank(line[lower]) { lower += 1 }
        while lower < upper, ASCII.isBlank(line[upper - 1]) { upper -= 1 }
        if let control = OctetScan.firstControl(in: line[lower..<upper]) {
            throw control == ASCII.carriageReturn
                ? .bareCarriageReturn : .controlInFieldValue(byte: control)
        }
        return FieldLine(nameCount: nameCount, value: lower..<upper)
    }

    /// How many bytes at the front of `bytes` form a token (RFC 9110 section 5.6.2).
    static func countOfToken(_ bytes: ByteView) -> Int {
        let span = bytes.span
        for index in span.indices where !ASCII.isToken(span[index]) { return index }
        return span.count
    }

    private static func faultInName(_ byte: UInt8) -> HTTP1Error {
        switch byte {
        case ASCII.space, ASCII.tab: .blankInFieldName
        case ASCII.carriageReturn: .bareCarriageReturn
        default: .invalidFieldName(byte: byte)
        }
    }
}
