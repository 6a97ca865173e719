// What somebody else says of a request.

/// The level of a verdict.
package enum RiskLevel: UInt8, Sendable {
    /// Nobody has judged yet, or nobody could.
    case unknown = 0
    /// May pass.
    case normal
    /// Must not pass.
    case urgent
}
