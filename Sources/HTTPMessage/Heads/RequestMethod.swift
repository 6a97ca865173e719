// Methods: RFC 9110 section 9, RFC 5789.

package import Bytes

/// The methods whose meaning framing or inspection depends on. Names are case-sensitive.
package enum RequestMethod: UInt8, Sendable {
    case get, head, post, put, delete, connect, options, trace, patch
    /// Any other token.
    case other

    package init(_ name: ByteView) {
        let candidate: (RequestMethod, StaticString)
        switch name.count {
        case 3: candidate = name[0] == ASCII.byte("G") ? (.get, "GET") : (.put, "PUT")
        case 4: candidate = name[0] == ASCII.byte("H") ? (.head, "HEAD") : (.post, "POST")
        case 5: candidate = name[0] == ASCII.byte("T") ? (.trace, "TRACE") : (.patch, "PATCH")
        case 6: candidate = (.delete, "DELETE")
        case 7: candidate = name[0] == ASCII.byte("C") ? (.connect, "CONNECT") : (.options, "OPTIONS")
        default:
            self = .other
            return
        }
        self = name.equals(candidate.1) ? candidate.0 : .other
    }
}
