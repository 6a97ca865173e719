// Working memory that all readers of one thread share.

package import Bytes

/// What ``MessageReader`` works in. One per worker, so that an idle connection holds nothing.
package struct MessageScratch: ~Copyable {
    /// Memory that is kept from one message to the next.
    package static var keptBytes: Int { 512 << 10 }

    /// Payload of the message or control frame that is being read.
    var payload = ByteBuffer()
    /// Compressed bytes without their mask.
    var unmasked = ByteBuffer()
    /// A finished message that had spanned reads; its payload is still out.
    var finished: PartialPayload?
    /// A decompressor left over by a message without context takeover.
    var spareInflater: Inflater?

    package init() {}

    /// Moves the payload of the message last handed out into a buffer of its own, for an
    /// evaluation that goes on while other connections are read. Copies only what lies in the
    /// read buffer or in memory worth keeping.
    package mutating func detach(_ payload: ByteView) -> ByteBuffer {
        if let finished, finished.bytes.view.isIdentical(to: payload) {
            self.finished = nil
            return finished.takeBytes()
        }
        var copy = ByteBuffer()
        copy.append(payload)
        return copy
    }

    /// Forgets what earlier calls handed out.
    mutating func prepare() {
        payload.removeAll(keepingCapacity: payload.allocatedBytes <= Self.keptBytes)
        if finished != nil { finished = nil }
    }
}

/// Payload of an incomplete message, kept between reads.
final class PartialPayload {
    var bytes = ByteBuffer()

    /// Gives the bytes away.
    func takeBytes() -> ByteBuffer {
        var taken = ByteBuffer()
        swap(&taken, &bytes)
        return taken
    }
}
