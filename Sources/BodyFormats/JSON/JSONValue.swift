// A scalar of a JSON document as a rule sees it.

package import Bytes

/// A string, number, boolean or null. Objects and arrays are never delivered themselves: they
/// show in the names of the scalars inside them.
package struct JSONValue: Sendable {
    package enum Kind: Equatable, Sendable { case string, number, boolean, null }

    package var kind: Kind
    /// A string decoded, a number as written, `true`, `false`, or nothing for null. A slice of
    /// the document, or of the arena when a string had escapes.
    package var text: ByteView
    /// Where the value starts in the document: for a string behind its quote.
    package var offset: Int
}
