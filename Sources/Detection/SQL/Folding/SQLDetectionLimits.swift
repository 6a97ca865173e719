// The sizes of the SQL detector.

/// Fixed bounds: the detector's memory does not grow with its input.
package enum SQLDetectionLimits {
    /// Tokens that decide: a fingerprint is never longer.
    package static let fingerprintTokens = 5
    /// Tokens held while folding: one more than decide helps to reduce the last one.
    static let windowTokens = 6
}
