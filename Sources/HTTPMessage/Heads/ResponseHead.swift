// The head of a response, whatever version of HTTP carried it: RFC 9110 section 15.

package import Bytes

/// Status line and fields. Reused over many responses: `reset()` keeps the memory.
///
/// Views are valid until the value is next changed.
package struct ResponseHead: ~Copyable {
    package var fields = HeaderFields()
    package private(set) var version = HTTPVersion.http11
    /// 100 to 999; 0 before a status line has been read.
    package private(set) var status = 0
    private var lineRange = 0..<0
    private var reasonRange = 0..<0

    package init() {}

    /// The whole status line as sent, without its line end.
    package var statusLine: ByteView { fields.storedBytes[lineRange] }
    /// The reason phrase as sent; may be empty.
    package var reason: ByteView { fields.storedBytes[reasonRange] }

    /// Whether another response to the same request follows (RFC 9110 section 15.2). 101 is the
    /// last one that HTTP has to say on its connection.
    package var isInterim: Bool { (100..<200).contains(status) && status != 101 }

    // MARK: Building

    package mutating func reset() {
        fields.reset()
        clear()
    }

    /// As `reset()`, giving the memory back.
    package mutating func releaseMemory() {
        fields.releaseMemory()
        clear()
    }

    /// Starts a head anew with a copy of the bytes of its line, of which the first `count` are the
    /// line itself and the rest its end.
    package mutating func begin(line: ByteView, count: Int) {
        reset()
        fields.adopt(line)
        lineRange = 0..<count
    }

    /// - Parameter reason: Offsets in the bytes given to `begin`.
    package mutating func setStatus(_ status: Int, version: HTTPVersion, reason: Range<Int>) {
        self.status = status
        self.version = version
        reasonRange = reason
    }

    private mutating func clear() {
        version = .http11
        status = 0
        lineRange = 0..<0
        reasonRange = 0..<0
    }
}
