// Short texts that are kept for long and handed out as views: addresses, names, identifiers.

/// Immutable bytes with one allocation and any number of owners.
package final class ByteText: @unchecked Sendable {
    // Written only by the initialisers, so that every thread may read.
    private let buffer: ByteBuffer

    package init(_ text: String) {
        var buffer = ByteBuffer()
        buffer.append(text)
        self.buffer = buffer
    }

    package init(_ bytes: ByteView) {
        var buffer = ByteBuffer()
        buffer.append(bytes)
        self.buffer = buffer
    }

    package init(bytes: [UInt8]) {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        self.buffer = buffer
    }

    /// Valid while self lives.
    package var view: ByteView { buffer.view }
    package var count: Int { buffer.count }
}
