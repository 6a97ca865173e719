// The process-wide state of libxml2, set once before anything is parsed.

internal import CLibXML2

enum LibXML2 {
    /// Sets the library up; later uses do nothing.
    static let isReady: Bool = {
        xmlInitParser()
        // Whatever asks for another resource (an external entity, a DTD, a schema) is refused.
        unsafe xmlSetExternalEntityLoader { _, _, _ in nil }
        // Errors that belong to no document yet are printed otherwise, with bytes of it.
        unsafe xmlSetStructuredErrorFunc(nil) { _, _ in }
        unsafe xmlThrDefSetStructuredErrorFunc(nil) { _, _ in }
        return true
    }()
}
