// One end of a tunnel: a socket, and what is on its way from it to the other end.

internal import Bytes
internal import Transport
internal import WebSocket

/// The client's or the server's end.
struct TunnelEnd: ~Copyable {
    var stream: SocketStream
    /// Reads the frames that come from this end; nil in a blind tunnel.
    var reader: MessageReader?
    /// Wire bytes of the message in progress: read, but not to be sent before its verdict.
    var held = ByteBuffer()
    /// Received but not read yet: a cut header or control frame.
    var unread = ByteBuffer()
    /// A message of this end waits for its verdict elsewhere: it is the last in `held`, what came behind it
    /// is in `unread`, and nothing is read meanwhile.
    var isWaiting = false
    /// The peer has sent its last byte.
    var hasEnded = false
    /// Nothing can be sent to the peer any more; what it said before may still be there to be read.
    var isBroken = false
    /// A close frame has been sent to this end; nothing may follow it.
    var isToldToClose = false
    /// Our side of the socket has been shut down.
    var isShutDown = false

    init(_ stream: consuming SocketStream, reader: consuming MessageReader?) {
        self.stream = stream
        self.reader = reader
    }

    /// Memory for the message that has begun here and not ended.
    mutating func heldBytes() -> Int {
        let partialBytes = reader?.partialBytes ?? 0
        return held.allocatedBytes + unread.allocatedBytes + partialBytes
    }

    /// Sends what this end is owed and then the end of the stream, once nothing waits any more.
    mutating func shutDownWhenFlushed() {
        guard !isShutDown, !stream.isBlocked else { return }
        isShutDown = true
        stream.shutdownSending()
    }
}
