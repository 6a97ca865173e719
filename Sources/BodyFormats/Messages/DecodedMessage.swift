// A message without its envelope: named values, and JSON texts that make names of their own.

package import Bytes

/// The parts of one message as views of it. Reused from message to message.
package struct DecodedMessage: Sendable {
    package struct Value: Equatable, Sendable {
        /// What the name begins with: `stomp.`, `socketio.`.
        package var prefix: StaticString
        package var name: ByteView
        package var value: ByteView

        package static func == (left: Value, right: Value) -> Bool {
            ByteView(left.prefix) == ByteView(right.prefix) && left.name == right.name
                && left.value == right.value
        }
    }

    /// Parts that are kept; a message of more is malformed.
    package static let maxParts = 4_096

    /// In the order of the message.
    package private(set) var values: ContiguousArray<Value> = []
    package private(set) var documents: ContiguousArray<ByteView> = []

    package init() {}

    package mutating func removeAll() {
        values.removeAll(keepingCapacity: true)
        documents.removeAll(keepingCapacity: true)
    }

    mutating func append(_ prefix: StaticString, _ name: ByteView, _ value: ByteView) throws(MessageFormatError) {
        guard values.count < Self.maxParts else { throw .tooManyParts(limit: Self.maxParts) }
        values.append(Value(prefix: prefix, name: name, value: value))
    }

    mutating func append(document: ByteView) throws(MessageFormatError) {
        guard documents.count < Self.maxParts else { throw .tooManyParts(limit: Self.maxParts) }
        documents.append(document)
    }
}
