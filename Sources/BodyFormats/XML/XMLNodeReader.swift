// Text out of libxml2's tree, without recursion and without libxml2's copies.

internal import Bytes
internal import CLibXML2
internal import Glibc

/// SAFETY, of every function here: nodes are live nodes of a document that nobody changes, whose
/// pointers are nil or lead to such nodes, and whose text ends in NUL.
@unsafe enum XMLNodeReader {
    /// Text and CDATA below `node`, or its own; a slice of the tree where it is one run.
    static func text(of node: xmlNodePtr, in arena: Arena) -> ByteView {
        switch unsafe node.pointee.type {
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE, XML_COMMENT_NODE, XML_PI_NODE:
            return unsafe content(of: node)
        case XML_NAMESPACE_DECL:
            // XPath's result sets hold xmlNs records among the nodes.
            let namespace = unsafe UnsafeMutableRawPointer(node).assumingMemoryBound(to: xmlNs.self)
            return unsafe view(namespace.pointee.href)
        default:
            break
        }
        var first: ByteView?
        var total = 0
        var runs = 0
        unsafe forEachRun(below: node) { run in
            if first == nil { first = run }
            runs += 1
            total += run.count
        }
        guard runs > 1 else { return first ?? .empty }
        return unsafe arena.write(upTo: total) { room in
            var written = 0
            unsafe forEachRun(below: node) { run in
                unsafe run.withUnsafeBytes { source in
                    unsafe UnsafeMutableRawBufferPointer(rebasing: room[written...]).copyMemory(from: source)
                }
                written += run.count
            }
            return written
        }
    }

    /// The next node of the subtree of `top` in document order, nil behind its last one.
    static func node(after node: xmlNodePtr, within top: xmlNodePtr) -> xmlNodePtr? {
        if unsafe hasChildren(node), let child = unsafe node.pointee.children { return unsafe child }
        var current = unsafe node
        while unsafe current != top {
            if let next = unsafe current.pointee.next { return unsafe next }
            guard let parent = unsafe current.pointee.parent else { return nil }
            unsafe current = parent
        }
        return nil
    }

    /// What an entity reference has as children is the entity's declaration, not its own.
    private static func hasChildren(_ node: xmlNodePtr) -> Bool {
        switch unsafe node.pointee.type {
        case XML_ELEMENT_NODE, XML_ATTRIBUTE_NODE, XML_DOCUMENT_NODE, XML_DOCUMENT_FRAG_NODE: true
        default: false
        }
    }

    private static func forEachRun(below top: xmlNodePtr, _ body: (ByteView) -> Void) {
        var node = unsafe Self.node(after: top, within: top)
        while let current = unsafe node {
            let type = unsafe current.pointee.type
            if type == XML_TEXT_NODE || type == XML_CDATA_SECTION_NODE {
                let run = unsafe content(of: current)
                if !run.isEmpty { body(run) }
            }
            unsafe node = Self.node(after: current, within: top)
        }
    }

    private static func content(of node: xmlNodePtr) -> ByteView { unsafe view(node.pointee.content) }

    private static func view(_ text: UnsafePointer<xmlChar>?) -> ByteView {
        guard let text = unsafe text else { return .empty }
        let count = unsafe strlen(UnsafeRawPointer(text).assumingMemoryBound(to: CChar.self))
        return unsafe ByteView(unowned: UnsafeRawPointer(text), count: count)
    }

    private static func view(_ text: UnsafeMutablePointer<xmlChar>?) -> ByteView {
        unsafe view(UnsafePointer(text))
    }
}
