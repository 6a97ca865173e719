// How large a captured file may be.

package enum CaptureLimits {
    /// Bytes of one file.
    package static let fileBytes = 256 << 20
    /// Exchanges of one file.
    package static let exchanges = 100_000
    /// Values of one HAR: browsers write some hundreds for each entry.
    static let jsonValues = 50_000_000
    /// Bytes of the names of all these values together.
    static let jsonNamedBytes = 8 << 30
}
