// XPath 1.0 expressions of rules, compiled once.

internal import Bytes
internal import CLibXML2

/// A prefix that an expression uses (SecLang's `xmlns` action).
package struct XMLNamespace: Equatable, Sendable {
    package var prefix: String
    package var uri: String

    package init(prefix: String, uri: String) {
        self.prefix = prefix
        self.uri = uri
    }
}

/// A compiled expression, for documents of one thread.
@safe package final class XPathExpression {
    /// Invariant: a compiled expression that this object alone frees.
    private let compiled: xmlXPathCompExprPtr
    private let namespaces: [XMLNamespace]

    package init(
        _ text: String, namespaces: [XMLNamespace] = [], limits: XPathLimits = XPathLimits()
    ) throws(XPathError) {
        guard text.utf8.count <= limits.expressionBytes else {
            throw .expressionTooLong(limitBytes: limits.expressionBytes)
        }
        guard !text.utf8.contains(0) else { throw .invalid(code: Int(XML_XPATH_EXPR_ERROR.rawValue)) }
        // SAFETY: the context lives until the end of this call; what is compiled does not need it.
        let context = unsafe Self.newContext(nil, limits: limits)
        defer { unsafe xmlXPathFreeContext(context) }
        guard let compiled = unsafe xmlXPathCtxtCompile(context, text) else {
            throw unsafe .invalid(code: Int(context.pointee.lastError.code))
        }
        unsafe self.compiled = compiled
        self.namespaces = namespaces
    }

    deinit { unsafe xmlXPathFreeCompExpr(compiled) }

    @unsafe func evaluate(
        on document: xmlDocPtr, limits: XPathLimits, in arena: Arena, _ body: (ByteView) -> Void
    ) throws(XPathError) {
        // SAFETY: the caller keeps the document; context and result are freed behind the last use.
        let context = unsafe Self.newContext(document, limits: limits)
        defer { unsafe xmlXPathFreeContext(context) }
        for namespace in namespaces { unsafe xmlXPathRegisterNs(context, namespace.prefix, namespace.uri) }
        guard let result = unsafe xmlXPathCompiledEval(compiled, context) else {
            let code = unsafe Int(context.pointee.lastError.code)
            throw code == Int(XML_XPATH_EXPRESSION_OK.rawValue + XPATH_OP_LIMIT_EXCEEDED.rawValue)
                ? .tooManyOperations(limit: limits.operations) : .failed(code: code)
        }
        defer { unsafe xmlXPathFreeObject(result) }
        try unsafe deliver(result, limits, arena, body)
    }

    private func deliver(
        _ result: xmlXPathObjectPtr, _ limits: XPathLimits, _ arena: Arena, _ body: (ByteView) -> Void
    ) throws(XPathError) {
        guard unsafe result.pointee.type == XPATH_NODESET else {
            let string = unsafe xmlXPathConvertString(xmlXPathObjectCopy(result))
            defer { unsafe xmlXPathFreeObject(string) }
            guard let text = unsafe string?.pointee.stringval else { return }
            return body(unsafe arena.copy(String(decodingCString: text, as: UTF8.self)))
        }
        guard let set = unsafe result.pointee.nodesetval else { return }
        let count = unsafe Int(set.pointee.nodeNr)
        guard count <= limits.values else { throw .tooManyValues(limit: limits.values) }
        unsafe xmlXPathNodeSetSort(set)
        var valueBytes = 0
        for index in 0..<count {
            // SAFETY: `nodeTab` holds `nodeNr` nodes of the document.
            guard let node = unsafe set.pointee.nodeTab[index] else { continue }
            let text = unsafe XMLNodeReader.text(of: node, in: arena)
            valueBytes += text.count
            guard valueBytes <= limits.valueBytes else { throw .valuesTooLong(limitBytes: limits.valueBytes) }
            body(text)
        }
    }

    private static func newContext(_ document: xmlDocPtr?, limits: XPathLimits) -> xmlXPathContextPtr {
        precondition(LibXML2.isReady, "libxml2 could not be set up")
        guard let context = unsafe xmlXPathNewContext(document) else { preconditionFailure("out of memory") }
        unsafe context.pointee.opLimit = UInt(limits.operations)
        // Without a handler errors are printed.
        unsafe context.pointee.error = { _, _ in }
        return unsafe context
    }
}
