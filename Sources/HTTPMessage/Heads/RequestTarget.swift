// The four forms of a request target: RFC 9112 section 3.2.

package import Bytes

/// Where in a target its parts lie; offsets from the target's first byte.
package struct RequestTarget: Equatable, Sendable {
    package enum Form: UInt8, Sendable {
        /// `/path?query`
        case origin
        /// `http://host/path?query`
        case absolute
        /// `host:port`, with CONNECT only
        case authority
        /// `*`, with OPTIONS only
        case asterisk
    }

    package var form: Form
    package var authority = 0..<0
    /// Empty in authority form, and in absolute form where nothing follows the host.
    package var path = 0..<0
    /// Behind the first `?`; nil when there is none.
    package var query: Range<Int>?
    /// https instead of http, in absolute form.
    package var isSecure = false

    /// Reads a target that holds no blanks and no controls; nil when it has none of the four forms.
    ///
    /// A `#` has no place in a target, but it is passed on as sent, and so it stays part of the
    /// path or the query here: nothing that an upstream might read is kept from inspection.
    package init?(_ target: ByteView, method: RequestMethod) {
        guard !target.isEmpty else { return nil }
        if method == .connect {
            guard let authority = Authority(target), authority.port != nil else { return nil }
            form = .authority
            self.authority = 0..<target.count
        } else if target[0] == ASCII.byte("/") {
            form = .origin
            setPath(from: 0, of: target)
        } else if target[0] == ASCII.byte("*") {
            guard target.count == 1, method == .options else { return nil }
            form = .asterisk
            path = 0..<1
        } else {
            form = .absolute
            guard let start = Self.authorityStart(of: target) else { return nil }
            isSecure = start == 8
            var end = start
            while end < target.count, target[end] != ASCII.byte("/"), target[end] != ASCII.byte("?") {
                end += 1
            }
            guard Authority(target[start..<end]) != nil else { return nil }
            authority = start..<end
            setPath(from: end, of: target)
        }
    }

    /// A target of which nothing could be read.
    init(unread: Void) { form = .origin }

    private mutating func setPath(from start: Int, of target: ByteView) {
        if let mark = target.firstIndex(of: ASCII.byte("?"), from: start) {
            path = start..<mark
            query = (mark + 1)..<target.count
        } else {
            path = start..<target.count
        }
    }

    private static func authorityStart(of target: ByteView) -> Int? {
        if target.count > 7, target[..<7].equalsIgnoringASCIICase("http://") { return 7 }
        if target.count > 8, target[..<8].equalsIgnoringASCIICase("https://") { return 8 }
        return nil
    }
}
