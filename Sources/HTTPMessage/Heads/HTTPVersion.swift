// RFC 9110 section 2.5.

/// The version of a message as far as its meaning depends on it; any later 1.x counts as 1.1.
package enum HTTPVersion: UInt8, Sendable {
    /// A request line without a version: one line, no fields, and an answer without a head.
    case http09
    case http10, http11
    /// A major version behind 1 in a 1.x head: nobody knows where its messages end.
    case later
}
