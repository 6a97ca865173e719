// The circumstances of a replay.

package import Inspection

package struct ReplayOptions: Sendable {
    /// The client's address, as text.
    package var clientAddress = "127.0.0.1"
    package var clientPort = 50_000
    /// Whether each tried value is noted.
    package var recordsTests = false
    /// The time that rules see.
    package var clock = EngineClock()
    /// Every exchange goes through the pipeline of that name; nil: through that of its location.
    package var pipeline: String?
    package init() {}

    /// Bytes of a tried value that are kept.
    static let testValueBytes = 256
}
