// What a transaction says in the debug log, until it is written.

package import Bytes

/// Lines of one transaction, each behind the digit of its level. Bounded: what comes past the limit is counted.
package struct DebugTrace: ~Copyable {
    /// 0: nothing is said; 9: everything.
    package internal(set) var level = 0
    private var buffer = ByteBuffer()
    package private(set) var omittedLines = 0

    /// Bytes of lines that wait to be written; one more line may pass it.
    package static let mostBytes = 1 << 20
    /// Bytes of a value that a line shows, before escaping.
    static let valueBytes = 512

    package var lines: ByteView { buffer.view }
    package var isEmpty: Bool { buffer.isEmpty && omittedLines == 0 }

    /// Whether lines of that level are wanted.
    func wants(_ level: Int) -> Bool { level <= self.level }

    mutating func line(_ level: Int, _ body: (inout ByteBuffer) -> Void) {
        guard wants(level) else { return }
        guard buffer.count < Self.mostBytes else {
            omittedLines += 1
            return
        }
        buffer.append(UInt8(truncatingIfNeeded: 0x30 + level))
        body(&buffer)
        buffer.append(ASCII.lineFeed)
    }

    /// They have been written.
    package mutating func removeLines() {
        buffer.removeAll(keepingCapacity: false)
        omittedLines = 0
    }

    mutating func removeAll() {
        if !isEmpty { removeLines() }
        level = 0
    }
}
