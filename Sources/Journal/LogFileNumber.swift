// What names a log file between master and workers.

/// A number that follows from the path alone, so that it means the same in every generation and
/// every process.
package struct LogFileNumber: Equatable, Hashable, Sendable {
    package let value: UInt64

    /// FNV-1a, 64 bits. Two paths of one configuration with the same number are refused when it is
    /// loaded.
    package init(path: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        value = hash
    }

    init(value: UInt64) { self.value = value }
}
