// Text inside binary messages.

internal import Bytes

/// Finds runs of printable ASCII (blanks, tabs and line ends count) of a useful length.
enum PrintableRuns {
    /// Shorter runs turn up in any binary data.
    static let minimumBytes = 16

    /// The first run at or behind `start`, nil where none follows.
    static func next(in payload: ByteView, from start: Int) -> Range<Int>? {
        var index = start
        while index < payload.count {
            while index < payload.count, !isPrintable(payload[index]) { index += 1 }
            let first = index
            while index < payload.count, isPrintable(payload[index]) { index += 1 }
            if index - first >= minimumBytes { return first..<index }
        }
        return nil
    }

    private static func isPrintable(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F || byte == ASCII.tab || byte == ASCII.lineFeed || byte == ASCII.carriageReturn
    }
}
