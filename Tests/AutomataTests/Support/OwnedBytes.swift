// Bytes that tests own and hand out views of.

import Bytes

/// Keeps bytes at one address for as long as it lives.
final class OwnedBytes: Sendable {
    private let storage: Storage

    private struct Storage: ~Copyable, @unchecked Sendable {
        let buffer: ByteBuffer
    }

    init(_ bytes: [UInt8]) {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        storage = Storage(buffer: buffer)
    }

    convenience init(_ text: String) { self.init(Array(text.utf8)) }

    var view: ByteView { storage.buffer.view }
}
