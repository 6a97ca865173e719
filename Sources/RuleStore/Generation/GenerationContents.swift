// What goes into a generation.

/// The blobs of a generation, opaque to the store.
package struct GenerationContents: Equatable, Sendable {
    /// The encoded ``GatewayPolicy``.
    package var policy: [UInt8]
    /// Encoded rule sets; a location names one by its index here.
    package var ruleSets: [[UInt8]]

    package init(policy: [UInt8], ruleSets: [[UInt8]]) {
        self.policy = policy
        self.ruleSets = ruleSets
    }

    var blobs: [(key: String, bytes: [UInt8])] {
        [(StoreFormat.policyKey, policy)]
            + ruleSets.enumerated().map { (StoreFormat.ruleSetKey($0.offset), $0.element) }
    }
}
