// What a value must have before it is worth searching.

/// Necessary conditions on a value: a search can succeed only if all of them hold. They are cheap to
/// test for many searches at once, and never reject a value that would match.
package struct ByteGate: Hashable, Sendable {
    /// Shortest value that can match.
    package var minimumBytes: Int
    /// Of each class the value has a byte: 256 bits, four words, the lowest bit of the first for NUL.
    package var classes: [[UInt64]]
    /// Of each set the value has a pair of neighbours: a bit for each bucket of ``BytePair``.
    package var pairs: [[UInt64]]

    /// Classes and sets that are kept of a longer list: further ones seldom reject more.
    package static var mostClasses: Int { 5 }
    package static var mostPairs: Int { 3 }

    package init(minimumBytes: Int = 0, classes: [[UInt64]] = [], pairs: [[UInt64]] = []) {
        self.minimumBytes = minimumBytes
        self.classes = classes
        self.pairs = pairs
    }

    /// Lets everything through.
    package static var open: ByteGate { ByteGate() }
}
