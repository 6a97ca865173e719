// The bytes that a router compares with, in one allocation that does not move.

internal import Bytes

/// Names, paths and pattern programs of a generation.
///
/// Checked by nobody else: the buffer is filled before `init` returns and never written to again,
/// so views of it are valid while the storage lives and may be read from any thread.
final class RouterStorage: @unchecked Sendable {
    private let buffer: ByteBuffer

    init(_ parts: [[UInt8]]) {
        var buffer = ByteBuffer()
        // One allocation for all: a buffer that grew later would move what views point at.
        buffer.reserve(parts.reduce(0) { $0 + $1.count })
        for part in parts { buffer.append(contentsOf: part) }
        self.buffer = buffer
    }

    var bytes: ByteView { buffer.view }
}

/// Collects parts before the storage is made; a range names a part.
struct RouterStorageDraft {
    private(set) var parts: [[UInt8]] = []
    private var count = 0

    mutating func add(_ bytes: [UInt8]) -> Range<Int> {
        let start = count
        parts.append(bytes)
        count += bytes.count
        return start..<count
    }
}
