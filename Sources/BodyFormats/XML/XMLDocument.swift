// A parsed document and the values that rules ask of it.

package import Bytes
internal import CLibXML2

/// A tree; empty for an empty body, incomplete where `error` says so.
@safe package struct XMLDocument: ~Copyable {
    /// Invariant: nil or a document that this value alone frees.
    private let document: xmlDocPtr?
    package let error: XMLError?

    init(owning document: xmlDocPtr?, error: XMLError?) {
        unsafe self.document = document
        self.error = error
    }

    deinit { if let document = unsafe document { unsafe xmlFreeDoc(document) } }

    /// The text of all descendants of the root, joined: `XML:/*`. nil without a root.
    ///
    /// The view is valid while the document lives and `arena` is not reset.
    package func rootText(in arena: Arena) -> ByteView? {
        guard let root = unsafe xmlDocGetRootElement(document) else { return nil }
        return unsafe XMLNodeReader.text(of: root, in: arena)
    }

    /// Calls `body` with each attribute's value in document order, namespaces ignored: `XML://@*`.
    /// Views are valid as those of ``rootText(in:)``.
    package func forEachAttributeValue(in arena: Arena, _ body: (ByteView) -> Void) {
        guard let root = unsafe xmlDocGetRootElement(document) else { return }
        var node = unsafe Optional(root)
        while let current = unsafe node {
            if unsafe current.pointee.type == XML_ELEMENT_NODE {
                var attribute = unsafe current.pointee.properties
                while let found = unsafe attribute {
                    // SAFETY: attributes begin with the fields that all nodes have.
                    let asNode = unsafe UnsafeMutableRawPointer(found).assumingMemoryBound(to: xmlNode.self)
                    body(unsafe XMLNodeReader.text(of: asNode, in: arena))
                    unsafe attribute = found.pointee.next
                }
            }
            unsafe node = XMLNodeReader.node(after: current, within: root)
        }
    }

    /// Whether the document follows a grammar; one without a tree follows none.
    package func follows(_ grammar: XMLGrammar) -> Bool {
        guard let document = unsafe document else { return false }
        return unsafe grammar.accepts(document)
    }

    /// Calls `body` with the string value of each node that `expression` selects, in document
    /// order, or with its one value if that is no set of nodes. Views are valid as those of
    /// ``rootText(in:)``.
    package func evaluate(
        _ expression: XPathExpression, limits: XPathLimits, in arena: Arena, _ body: (ByteView) -> Void
    ) throws(XPathError) {
        guard let document = unsafe document else { return }
        try unsafe expression.evaluate(on: document, limits: limits, in: arena, body)
    }
}
