// Why an XML document or an XPath expression is refused.

package enum XMLError: Error, Equatable, Sendable {
    /// Not well formed (XML 1.0 section 2.1). `code` is libxml2's xmlParserErrors.
    case malformed(line: Int, code: Int)
    case tooLarge(limitBytes: Int)
    case tooDeep(limit: Int)
    case tooManyNodes(limit: Int)
    case tooManyAttributes(limit: Int)
    case tooManyNamespaces(limit: Int)
    /// A character encoding in which attributes can not be counted beforehand: other than UTF-8, UTF-16
    /// and the supersets of ASCII that senders use.
    case encodingRefused
    /// Entities or default attributes make more of the document than is allowed.
    case expandsTooMuch(limitBytes: Int)

    /// One line for a log; holds no byte of the document.
    package var message: String {
        switch self {
        case .malformed(let line, let code): "XML is not well formed at line \(line) (libxml2 error \(code))"
        case .tooLarge(let limit): "XML over \(limit) bytes"
        case .tooDeep(let limit): "XML nested deeper than \(limit)"
        case .tooManyNodes(let limit): "XML with more than \(limit) nodes"
        case .tooManyAttributes(let limit): "XML tag with more than \(limit) attributes"
        case .tooManyNamespaces(let limit): "XML with more than \(limit) namespaces"
        case .encodingRefused: "XML in an encoding that is not read here"
        case .expandsTooMuch(let limit): "XML entities expand to more than \(limit) bytes"
        }
    }
}

package enum XPathError: Error, Equatable, Sendable {
    /// The expression can not be read. `code` is libxml2's xmlParserErrors.
    case invalid(code: Int)
    case expressionTooLong(limitBytes: Int)
    /// A namespace prefix that is bound to nothing, or an unknown function.
    case failed(code: Int)
    case tooManyOperations(limit: Int)
    case tooManyValues(limit: Int)
    case valuesTooLong(limitBytes: Int)
}
