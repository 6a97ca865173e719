// Bytes for tests to look at.

import Bytes

/// Bytes that stay as long as the process, so that no view of them can outlive them.
struct LastingBytes: Sendable {
    let view: ByteView

    init(_ bytes: [UInt8]) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        unsafe memory.copyBytes(from: bytes)
        // SAFETY: initialised just now, never written again and never freed.
        unsafe view = ByteView(unowned: UnsafeRawPointer(memory.baseAddress!), count: bytes.count)
    }

    init(_ text: String) { self.init(Array(text.utf8)) }
}
