// What the SQL injection detector says about a value.

/// The reading under which a value changes the statement that it is put into.
package struct SQLInjectionFinding: Equatable, Sendable {
    /// The shape of the value, for TX.0 and for logs.
    package var fingerprint: SQLFingerprint
    package var context: SQLContext
}
