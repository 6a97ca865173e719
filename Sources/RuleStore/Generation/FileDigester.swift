// The digest over the front of a file, made in slices. Reads, not a map: a file that shrinks
// meanwhile is a short read and not a SIGBUS.

internal import Bytes

struct FileDigester: ~Copyable {
    /// Bytes read at once.
    static let pieceBytes = 256 << 10

    private var hash: SHA256
    private var buffer = ByteBuffer()
    private var doneBytes = 0
    private let coveredBytes: Int

    init(coveredBytes: Int) throws(StoreError) {
        hash = try SHA256()
        self.coveredBytes = coveredBytes
    }

    /// Digests up to `maxBytes` more.
    ///
    /// - Returns: Whether all covered bytes are digested.
    mutating func step(_ descriptor: Int32, maxBytes: Int, path: String) throws(StoreError) -> Bool {
        precondition(maxBytes > 0, "a slice has at least one byte")
        var budget = min(maxBytes, coveredBytes - doneBytes)
        while budget > 0 {
            buffer.removeAll(keepingCapacity: true)
            let moved = try StoreFile.read(
                descriptor, at: doneBytes, limitBytes: min(budget, Self.pieceBytes), into: &buffer, path: path
            )
            guard moved > 0 else {
                throw .wrongFileLength(found: doneBytes, recorded: UInt64(coveredBytes))
            }
            try hash.update(buffer.view)
            doneBytes += moved
            budget -= moved
        }
        return doneBytes == coveredBytes
    }

    mutating func finish() throws(StoreError) -> SHA256Digest { try hash.finish() }
}
