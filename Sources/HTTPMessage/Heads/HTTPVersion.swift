// RFC 9110 section 2.5.

/// The version of a message as far as its meaning depends on it; any later 1.x counts as 1.1.
package enum HTTPVersion: UInt8, Sendable {
    case http10, http11
}
