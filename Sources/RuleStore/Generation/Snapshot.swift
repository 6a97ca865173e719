// A generation as its readers see it: bytes in place in the map.

package import Bytes

/// A verified generation, mapped. Used by one thread.
///
/// Views stay valid while the snapshot lives: a transaction holds a reference to the one it began
/// on, and the map goes with the last reference.
package final class Snapshot {
    /// Keeps the map.
    private let reader: LMDBReader
    package let meta: GenerationMeta
    /// The encoded ``GatewayPolicy``, aligned to 64 bytes.
    package let policy: ByteView
    private let ruleSets: [ByteView]

    /// Opens and verifies a generation in one go.
    ///
    /// - Parameter descriptor: A sealed memory file or a published file, opened for reading. Stays the
    ///   caller's, who may close it afterwards.
    package convenience init(descriptor: Int32) throws(StoreError) {
        var verifier = try SnapshotVerifier(descriptor: descriptor)
        while try !verifier.step(maxBytes: Int.max) {}
        self.init(verified: verifier)
    }

    /// - Parameter verifier: One whose last step has returned true.
    package init(verified verifier: consuming SnapshotVerifier) {
        guard let meta = verifier.meta, let policy = verifier.blobs.first else {
            preconditionFailure("only a verified file becomes a snapshot")
        }
        self.meta = meta
        self.policy = policy
        ruleSets = Array(verifier.blobs.dropFirst())
        reader = verifier.takeReader()
    }

    package var generation: UInt64 { meta.generation }
    package var ruleSetCount: Int { ruleSets.count }

    /// An encoded rule set, aligned to 64 bytes.
    package func ruleSet(_ index: Int) -> ByteView {
        precondition(index >= 0 && index < ruleSets.count, "no such rule set")
        return ruleSets[index]
    }
}
