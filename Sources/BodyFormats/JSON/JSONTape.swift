// A whole JSON document as a list of values, for what has to be looked at as a tree.

package import Bytes

/// The values of one document in the order of its text, containers before what they hold.
///
/// Reused from document to document; text and keys are views of the document or of the arena.
package struct JSONTape: Sendable {
    package enum Kind: UInt8, Sendable {
        case object, array, string, number, boolean, null
    }

    package struct Node: Sendable {
        package var kind: Kind
        /// Name of a member; empty for elements and the root.
        package var key: ByteView
        /// A scalar as ``JSONValue`` has it; empty for containers.
        package var text: ByteView
        /// Where the member's name stands in the document, else the value itself.
        package var offset: Int
        /// Members or elements of a container.
        package var count = 0
        /// Index of the first node behind this one and what it holds.
        package var end: Int
    }

    /// The root first; empty for an empty text.
    package private(set) var nodes: ContiguousArray<Node> = []
    private var open: ContiguousArray<Int> = []

    package init() {}

    /// Reads `text`, which with `arena` must stay as long as the tape is looked at.
    ///
    /// - Throws: also when containers and scalars together are more than `limits.values`.
    package mutating func read(_ text: ByteView, limits: JSONLimits, arena: Arena) throws(JSONError) {
        nodes.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        var parser = JSONParser(text, limits: limits, arena: arena)
        var key = ByteView.empty
        var keyOffset: Int?
        while let step = try parser.step() {
            switch step {
            case .key(let name, let offset):
                key = name
                keyOffset = offset
                continue
            case .closed:
                nodes[open.removeLast()].end = nodes.count
                continue
            case .opened(let isArray):
                try append(isArray ? .array : .object, key, .empty, limits, offset: keyOffset ?? parser.position - 1)
                open.append(nodes.count - 1)
            case .value(let value):
                try append(Kind(value.kind), key, value.text, limits, offset: keyOffset ?? value.offset)
            }
            key = .empty
            keyOffset = nil
        }
    }

    private mutating func append(
        _ kind: Kind, _ key: ByteView, _ text: ByteView, _ limits: JSONLimits, offset: Int
    ) throws(JSONError) {
        guard nodes.count < limits.values else { throw .tooManyValues(limit: limits.values, offset: offset) }
        if let parent = open.last { nodes[parent].count += 1 }
        nodes.append(Node(kind: kind, key: key, text: text, offset: offset, end: nodes.count + 1))
    }

    // MARK: Looking

    package var root: Node? { nodes.first }

    /// Calls `body` with the index of each member or element of the container at `index`.
    package func visitChildren<E: Error>(
        of index: Int, _ body: (Int) throws(E) -> Void
    ) throws(E) {
        var child = index + 1
        let end = nodes[index].end
        while child < end {
            try body(child)
            child = nodes[child].end
        }
    }

    /// The member of the object at `index` that a reader which keeps the last of equal keys would see.
    package func member(_ name: StaticString, of index: Int) -> Int? { member(ByteView(name), of: index) }

    package func member(_ name: ByteView, of index: Int) -> Int? {
        guard index < nodes.count, nodes[index].kind == .object else { return nil }
        var found: Int?
        visitChildren(of: index) { if nodes[$0].key == name { found = $0 } }
        return found
    }

    /// Forgets the document, whose bytes may go away.
    package mutating func removeAll() {
        nodes.removeAll(keepingCapacity: nodes.capacity <= Self.keptNodes)
    }

    private static let keptNodes = 4_096
}

extension JSONTape.Kind {
    init(_ kind: JSONValue.Kind) {
        switch kind {
        case .string: self = .string
        case .number: self = .number
        case .boolean: self = .boolean
        case .null: self = .null
        }
    }
}
