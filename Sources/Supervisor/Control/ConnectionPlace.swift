// Where a list of connections goes on: `SLOT:INDEX`.

/// A place among the connections of all workers.
package struct ConnectionPlace: Equatable, Sendable {
    package var slot = 0
    package var index: UInt32 = 0

    init(slot: Int, index: UInt32 = 0) {
        self.slot = slot
        self.index = index
    }

    /// - Parameter text: Empty for the first place; nil when it is no place.
    init?(_ text: String) {
        guard !text.isEmpty else { return }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let slot = UInt16(parts[0]), let index = UInt32(parts[1]) else { return nil }
        self.slot = Int(slot)
        self.index = index
    }

    var text: String { "\(slot):\(index)" }
}
