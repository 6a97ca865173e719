// A JSON document piece by piece.

package import Bytes

/// What ``JSONParser/step()`` came to.
package enum JSONStep: Sendable {
    case opened(isArray: Bool)
    case closed
    /// The decoded name of the member whose value comes next, and where its quote stands.
    case key(ByteView, offset: Int)
    case value(JSONValue)
}
