// One ban, as it is listed.

package struct Ban: Equatable, Sendable {
    /// The key, or `#` and its digest in hexadecimal where it is longer than the dictionary keeps.
    package var key: [UInt8]
    /// Milliseconds since 1970 at which it ends.
    package var end: Int64

    package init(key: [UInt8], end: Int64) {
        self.key = key
        self.end = end
    }
}
