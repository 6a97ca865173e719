// Sets of known fields in one word.

/// Which of the ``KnownField``s a head has, or which are left out when it is written.
package struct KnownFieldSet: OptionSet, Sendable {
    package var rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package init(_ field: KnownField) { rawValue = 1 << UInt64(field.rawValue) }

    package init(_ fields: KnownField...) {
        rawValue = fields.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }

    package func contains(_ field: KnownField) -> Bool {
        rawValue & 1 << UInt64(field.rawValue) != 0
    }

    /// What says where the body ends. `Transfer-Encoding` is hop-by-hop too.
    package static let framing = KnownFieldSet(.contentLength, .transferEncoding)
}
