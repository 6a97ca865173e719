// What a generation may hold at most.

/// Limits of a generation, checked before memory or disk is taken.
package struct GenerationLimits: Equatable, Sendable {
    package static let standard = GenerationLimits()
    /// A longer name of the building machine is cut when it is written, and refused when it is read.
    static let maxMachineNameBytes = 64

    package var maxRuleSets = 4_096
    /// Bytes of one blob. Offsets inside a blob are 32-bit.
    package var maxBlobBytes = 1 << 30
    /// Bytes of one file with its trailer.
    package var maxFileBytes = 4 << 30

    package init() {}
}
