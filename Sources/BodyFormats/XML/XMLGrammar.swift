// What documents have to look like: a DTD or an XML Schema, read from memory. XML 1.0 section 2.8,
// XML Schema 1.0. Nothing else is loaded: what a grammar includes from elsewhere is missing in it.

package import Bytes
internal import CLibXML2

/// A compiled grammar. Immutable: any thread may check documents with it.
@safe package final class XMLGrammar: @unchecked Sendable {
    package enum Kind: Equatable, Sendable { case dtd, schema }

    /// Invariant: one of the two is there, freed by self alone, unchanged after the initialiser.
    private let dtd: xmlDtdPtr?
    private let schema: xmlSchemaPtr?

    /// nil when `text` is no such grammar, or refers to another file.
    package init?(_ kind: Kind, text: ByteView) {
        precondition(LibXML2.isReady, "libxml2 could not be set up")
        guard text.count <= Int(Int32.max) else { return nil }
        switch kind {
        case .dtd:
            unsafe dtd = unsafe Self.parseDTD(text)
            unsafe schema = nil
            if unsafe dtd == nil { return nil }
        case .schema:
            unsafe schema = unsafe Self.parseSchema(text)
            unsafe dtd = nil
            if unsafe schema == nil { return nil }
        }
    }

    deinit {
        // SAFETY: the invariant; both functions take nil.
        unsafe xmlFreeDtd(dtd)
        unsafe xmlSchemaFree(schema)
    }

    private static func parseDTD(_ text: ByteView) -> xmlDtdPtr? {
        let input = unsafe text.withUnsafeBytes { bytes in
            // SAFETY: libxml2 copies the bytes into a buffer of its own.
            unsafe xmlParserInputBufferCreateMem(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
                XML_CHAR_ENCODING_NONE)
        }
        guard let input = unsafe input else { return nil }
        // SAFETY: the parser takes the buffer over, and frees it on failure, too.
        return unsafe xmlIOParseDTD(nil, input, XML_CHAR_ENCODING_NONE)
    }

    private static func parseSchema(_ text: ByteView) -> xmlSchemaPtr? {
        // SAFETY: the context refers to the bytes until it is freed, inside this call.
        unsafe text.withUnsafeBytes { bytes in
            let context = unsafe xmlSchemaNewMemParserCtxt(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            guard let context = unsafe context else { return nil }
            defer { unsafe xmlSchemaFreeParserCtxt(context) }
            return unsafe xmlSchemaParse(context)
        }
    }

    /// Whether a document follows the grammar.
    @unsafe func accepts(_ document: xmlDocPtr) -> Bool {
        // SAFETY: both contexts live inside this call; the document is the caller's and is read only, but
        // for its place for an external subset, which is put back as it was.
        if let schema = unsafe schema {
            guard let context = unsafe xmlSchemaNewValidCtxt(schema) else { return false }
            defer { unsafe xmlSchemaFreeValidCtxt(context) }
            return unsafe xmlSchemaValidateDoc(context, document) == 0
        }
        guard let context = unsafe xmlNewValidCtxt() else { return false }
        defer { unsafe xmlFreeValidCtxt(context) }
        return unsafe xmlValidateDtd(context, document, dtd) == 1
    }
}

extension XMLGrammar.Kind {
    /// As an error tells it.
    package var name: String {
        switch self {
        case .dtd: "DTD"
        case .schema: "XML Schema"
        }
    }
}
