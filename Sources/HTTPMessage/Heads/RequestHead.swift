// The head of a request, whatever version of HTTP carried it: RFC 9110 section 6.

package import Bytes

/// Request line and fields. Reused over many requests: `reset()` keeps the memory.
///
/// Views are valid until the value is next changed. After a refused request whatever had been
/// read is there, for the log.
package struct RequestHead: ~Copyable {
    package var fields = HeaderFields()
    package private(set) var version = HTTPVersion.http11
    package private(set) var knownMethod = RequestMethod.other
    private var lineRange = 0..<0
    private var methodRange = 0..<0
    private var targetRange = 0..<0
    private var versionRange = 0..<0
    private var parts = RequestTarget(unread: ())

    package init() {}

    /// The whole request line as sent, without its line end, and without the blank behind a target that
    /// no version follows.
    package var requestLine: ByteView {
        let end = version == .http09 ? targetRange.upperBound : lineRange.upperBound
        return fields.storedBytes[..<end]
    }
    package var method: ByteView { fields.storedBytes[methodRange] }
    /// The target as sent.
    package var target: ByteView { fields.storedBytes[targetRange] }
    package var form: RequestTarget.Form { parts.form }
    /// The version as sent; what stands for it where a line has none.
    package var protocolText: ByteView {
        versionRange.isEmpty ? ByteView("HTTP/0.9") : fields.storedBytes[versionRange]
    }

    /// The path as sent, neither decoded nor normalised; `/` where an absolute target ends with
    /// the host, empty with CONNECT.
    package var path: ByteView {
        parts.form == .absolute && parts.path.isEmpty ? ByteView("/") : target[parts.path]
    }

    /// What follows the first `?`, as sent; nil without one.
    package var query: ByteView? { parts.query.map { target[$0] } }

    /// The target's authority in absolute and authority form, else the value of Host. Once
    /// ``MessageFraming`` has accepted the head it is valid.
    package var authority: ByteView? {
        targetAuthority ?? fields.first(.host)
    }

    /// The authority in the target itself.
    package var targetAuthority: ByteView? {
        parts.authority.isEmpty ? nil : target[parts.authority]
    }

    /// Whether a target in absolute form says https.
    package var targetIsSecure: Bool { parts.isSecure }

    /// Appends path and query as an origin server wants them (RFC 9112 section 3.2.1): the target
    /// as sent, without the scheme and host of the absolute form.
    package func appendOriginForm(to output: inout ByteBuffer) {
        output.append(path)
        if let query {
            output.append(ASCII.byte("?"))
            output.append(query)
        }
    }

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
    /// line itself and the rest its end. The setters below take offsets in them.
    package mutating func begin(line: ByteView, count: Int) {
        reset()
        fields.adopt(line)
        lineRange = 0..<count
    }

    package mutating func setMethod(_ range: Range<Int>) {
        methodRange = range
        knownMethod = RequestMethod(method)
    }

    /// - Returns: False when the target has none of the forms that the method allows; it can be
    ///   read as a whole then.
    package mutating func setTarget(_ range: Range<Int>) -> Bool {
        targetRange = range
        guard let parts = RequestTarget(target, method: knownMethod) else { return false }
        self.parts = parts
        return true
    }

    /// - Parameter range: Where it stands; empty for a line without one.
    package mutating func setVersion(_ version: HTTPVersion, _ range: Range<Int>) {
        self.version = version
        versionRange = range
    }

    /// Makes Host say what the target says (RFC 9112 section 3.2.2), so that whoever reads the head
    /// behind this point knows one host only.
    mutating func setHost(toAuthority authority: Range<Int>) {
        for index in fields.indices where fields.known(index) == .host {
            let start = targetRange.lowerBound
            fields.setValue((start + authority.lowerBound)..<(start + authority.upperBound), at: index)
        }
    }

    /// Where in the target its authority lies.
    var authorityRange: Range<Int> { parts.authority }

    private mutating func clear() {
        version = .http11
        knownMethod = .other
        lineRange = 0..<0
        methodRange = 0..<0
        targetRange = 0..<0
        versionRange = 0..<0
        parts = RequestTarget(unread: ())
    }
}
