// XML bodies into trees, with libxml2's push parser. XML 1.0.
//
// No network, no DTD, no external entity: a document is what its bytes say. Internal entities are
// replaced, within ``XMLLimits/expandedBytes``, as rules must see what the backend will see.

package import Bytes
internal import CLibXML2

/// Takes a document piece by piece and gives its tree.
@safe package struct XMLParser: ~Copyable {
    /// Invariant: a live context that this value alone frees, with `budget` as its `_private`.
    private let context: xmlParserCtxtPtr
    private let budget: XMLBudget
    private var scanner: XMLTagScanner
    private var receivedBytes = 0

    package init(limits: XMLLimits) {
        precondition(LibXML2.isReady, "libxml2 could not be set up")
        guard let context = unsafe xmlCreatePushParserCtxt(nil, nil, nil, 0, nil) else {
            preconditionFailure("out of memory")
        }
        budget = XMLBudget(limits: limits)
        scanner = XMLTagScanner(limit: limits.attributesPerElement)
        let options = [
            XML_PARSE_NOENT, XML_PARSE_DTDATTR, XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING,
            XML_PARSE_RECOVER,
        ]
        unsafe xmlCtxtUseOptions(context, options.reduce(0) { $0 | Int32($1.rawValue) })
        unsafe XMLHooks.install(in: context, budget: budget)
        unsafe self.context = context
    }

    deinit {
        // SAFETY: the invariant; the tree is still the context's unless `finish` took it.
        if let document = unsafe context.pointee.myDoc { unsafe xmlFreeDoc(document) }
        unsafe xmlFreeParserCtxt(context)
    }

    /// Takes the next piece; what follows an exceeded limit is ignored.
    ///
    /// A body that is held whole should come whole: libxml2 calls some documents malformed when a
    /// piece ends inside their internal DTD subset.
    package mutating func feed(_ bytes: ByteView) {
        var rest = bytes
        while !rest.isEmpty, budget.failure == nil {
            let room = budget.limits.documentBytes - receivedBytes
            guard room > 0 else { return budget.fail(.tooLarge(limitBytes: budget.limits.documentBytes)) }
            let piece = rest[..<min(rest.count, room)]
            if !scanner.scan(piece) {
                return budget.fail(.tooManyAttributes(limit: budget.limits.attributesPerElement))
            }
            if scanner.encoding == .other { return budget.fail(.encodingRefused) }
            unsafe piece.withUnsafeBytes { unsafe parse($0, isLast: false) }
            receivedBytes += piece.count
            rest = rest[piece.count...]
        }
    }

    /// Ends the document. A tree comes out of a broken one too, as far as it could be read.
    ///
    /// No byte at all is no error: an empty body has an empty document.
    package consuming func finish() -> XMLDocument {
        if receivedBytes > 0, budget.failure == nil {
            unsafe parse(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
        }
        var error = budget.failure
        if error == nil, receivedBytes > 0, unsafe context.pointee.wellFormed == 0 {
            error = .malformed(line: budget.fault?.line ?? 0, code: budget.fault?.code ?? 0)
        }
        let document = unsafe context.pointee.myDoc
        unsafe context.pointee.myDoc = nil
        return unsafe XMLDocument(owning: document, error: error)
    }

    private func parse(_ bytes: UnsafeRawBufferPointer, isLast: Bool) {
        // SAFETY: libxml2 copies the bytes during the call.
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = unsafe xmlParseChunk(context, start, Int32(bytes.count), isLast ? 1 : 0)
    }
}
