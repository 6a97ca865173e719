// libxml2's callbacks: each counts, then goes on with the library's own tree builder.

internal import CLibXML2

/// SAFETY, of every function here: libxml2 calls them with the context that ``install(in:)`` was
/// given or one that it derived from it for an entity's text; either way `_private` points at the
/// budget, which the parser keeps alive until the context is freed.
@unsafe enum XMLHooks {
    static func install(in context: xmlParserCtxtPtr, budget: XMLBudget) {
        unsafe context.pointee._private = Unmanaged.passUnretained(budget).toOpaque()
        guard let handler = unsafe context.pointee.sax else { return }
        unsafe handler.pointee.startElementNs = {
            unsafe XMLHooks.startElement($0, $1, $2, $3, $4, $5, $6, $7, $8)
        }
        unsafe handler.pointee.endElementNs = { context, name, prefix, uri in
            unsafe XMLHooks.budget(context)?.leaveElement()
            unsafe xmlSAX2EndElementNs(context, name, prefix, uri)
        }
        unsafe handler.pointee.comment = { context, text in
            if unsafe XMLHooks.spend(context, nodes: 1) { unsafe xmlSAX2Comment(context, text) }
        }
        unsafe handler.pointee.processingInstruction = { context, target, text in
            if unsafe XMLHooks.spend(context, nodes: 1) {
                unsafe xmlSAX2ProcessingInstruction(context, target, text)
            }
        }
        unsafe handler.pointee.cdataBlock = { context, text, count in
            if unsafe XMLHooks.spend(context, nodes: 1) { unsafe xmlSAX2CDataBlock(context, text, count) }
        }
        unsafe handler.pointee.startDocument = { context in
            unsafe xmlSAX2StartDocument(context)
            unsafe XMLHooks.checkEncoding(context)
        }
        // The parser itself adds default attributes; a table of them serves only validation.
        unsafe handler.pointee.attributeDecl = { context, _, _, _, _, _, values in
            unsafe xmlFreeEnumeration(values)
            guard let budget = unsafe XMLHooks.budget(context) else { return }
            if !budget.declareAttribute() { unsafe XMLHooks.stop(context) }
        }
        unsafe handler.pointee.elementDecl = nil
        unsafe handler.pointee.notationDecl = nil
        unsafe handler.pointee.unparsedEntityDecl = nil
        unsafe handler.pointee.entityDecl = { unsafe XMLHooks.declare($0, $1, $2, $5) }
        unsafe handler.pointee.getEntity = { unsafe XMLHooks.charge($0, xmlSAX2GetEntity($0, $1)) }
        unsafe handler.pointee.getParameterEntity = {
            unsafe XMLHooks.charge($0, xmlSAX2GetParameterEntity($0, $1))
        }
        unsafe handler.pointee.externalSubset = nil
        unsafe handler.pointee.resolveEntity = { _, _, _ in nil }
        unsafe handler.pointee.serror = { context, error in
            guard let error = unsafe error, unsafe error.pointee.level == XML_ERR_FATAL else { return }
            unsafe XMLHooks.budget(context)?.note(
                line: Int(error.pointee.line), code: Int(error.pointee.code))
        }
    }

    private static func budget(_ context: UnsafeMutableRawPointer?) -> XMLBudget? {
        let context = unsafe context?.assumingMemoryBound(to: xmlParserCtxt.self)
        guard let address = unsafe context?.pointee._private else { return nil }
        return unsafe Unmanaged<XMLBudget>.fromOpaque(address).takeUnretainedValue()
    }

    /// - Returns: false after stopping the parser, when a limit is exceeded.
    private static func spend(
        _ context: UnsafeMutableRawPointer?, nodes: Int = 0, expandedBytes: Int = 0
    ) -> Bool {
        guard let budget = unsafe budget(context) else { return false }
        if budget.spend(nodes: nodes, expandedBytes: expandedBytes) { return true }
        unsafe stop(context)
        return false
    }

    private static func stop(_ context: UnsafeMutableRawPointer?) {
        unsafe xmlStopParser(context?.assumingMemoryBound(to: xmlParserCtxt.self))
    }

    /// Called behind the XML declaration, before any tag is read.
    private static func checkEncoding(_ context: UnsafeMutableRawPointer?) {
        let parser = unsafe context?.assumingMemoryBound(to: xmlParserCtxt.self)
        let ofInput = unsafe parser?.pointee.input?.pointee.encoding
        guard let name = unsafe parser?.pointee.encoding ?? ofInput else { return }
        guard unsafe !XMLEncodings.isReadable(String(decodingCString: name, as: UTF8.self)) else { return }
        unsafe budget(context)?.fail(.encodingRefused)
        unsafe stop(context)
    }

    private static func startElement(
        _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?,
        _ prefix: UnsafePointer<xmlChar>?,
        _ uri: UnsafePointer<xmlChar>?, _ namespaceCount: Int32,
        _ namespaces: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ attributeCount: Int32,
        _ defaultedCount: Int32, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        // Default attributes come last; each attribute is name, prefix, URI, value and the value's end.
        var defaultBytes = 0
        for index in Int(max(0, attributeCount - defaultedCount))..<Int(attributeCount) {
            if let start = unsafe attributes?[index * 5 + 3], let end = unsafe attributes?[index * 5 + 4] {
                defaultBytes += unsafe end - start
            }
        }
        // Entered even when it is refused: libxml2 reports its end all the same.
        let isDeepEnough = unsafe budget(context)?.enterElement() ?? false
        let hasFewNamespaces = unsafe budget(context)?.declare(namespaces: Int(namespaceCount)) ?? false
        let isAffordable = unsafe spend(
            context, nodes: 1 + Int(namespaceCount) + Int(attributeCount), expandedBytes: defaultBytes)
        guard isDeepEnough, hasFewNamespaces, isAffordable else { return }
        unsafe xmlSAX2StartElementNs(
            context, name, prefix, uri, namespaceCount, namespaces, attributeCount, defaultedCount,
            attributes)
    }

    /// An external entity is declared as an empty internal one, so that nobody looks for its file.
    private static func declare(
        _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?, _ type: Int32,
        _ content: UnsafeMutablePointer<xmlChar>?
    ) {
        guard unsafe spend(context, nodes: 1) else { return }
        var empty: xmlChar = 0
        switch xmlEntityType(rawValue: UInt32(type)) {
        case XML_EXTERNAL_PARAMETER_ENTITY:
            let parameterType = Int32(XML_INTERNAL_PARAMETER_ENTITY.rawValue)
            unsafe xmlSAX2EntityDecl(context, name, parameterType, nil, nil, &empty)
        case XML_EXTERNAL_GENERAL_PARSED_ENTITY, XML_EXTERNAL_GENERAL_UNPARSED_ENTITY:
            let generalType = Int32(XML_INTERNAL_GENERAL_ENTITY.rawValue)
            unsafe xmlSAX2EntityDecl(context, name, generalType, nil, nil, &empty)
        default:
            unsafe xmlSAX2EntityDecl(context, name, type, nil, nil, content)
        }
    }

    private static func charge(_ context: UnsafeMutableRawPointer?, _ entity: xmlEntityPtr?) -> xmlEntityPtr?
    {
        guard let entity = unsafe entity, let budget = unsafe budget(context) else { return nil }
        let parser = unsafe context?.assumingMemoryBound(to: xmlParserCtxt.self)
        let bytes = unsafe budget.expandedCount(of: entity, in: parser?.pointee.myDoc)
        return unsafe spend(context, expandedBytes: bytes) ? entity : nil
    }
}
