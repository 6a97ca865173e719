// `Sec-WebSocket-Extensions`. RFC 6455 section 9.1.
//
//     list      = extension *( "," extension )        empty elements are passed over
//     extension = token *( ";" parameter )
//     parameter = token [ "=" ( token | quoted-string ) ]
// with blanks allowed between all of these.

internal import Bytes

/// One extension with its parameters, as offered or accepted.
struct ExtensionElement: Equatable {
    struct Parameter: Equatable {
        var name: ByteView
        /// nil without `=`. Without quotes and backslashes.
        var value: [UInt8]?
    }
    var name: ByteView
    var parameters: [Parameter] = []
}

/// Reads lists of extensions.
struct ExtensionListParser {
    static var maxExtensions: Int { 32 }
    static var maxParameters: Int { 16 }

    private let text: ByteView
    private var offset = 0

    private init(_ text: ByteView) { self.text = text }

    /// All elements of the field's values, in order; none without the field.
    static func parse(_ values: [ByteView]) throws(ExtensionError) -> [ExtensionElement] {
        var elements: [ExtensionElement] = []
        for value in values {
            var parser = ExtensionListParser(value)
            try parser.parseList(into: &elements)
        }
        guard values.isEmpty || !elements.isEmpty else { throw .emptyList }
        return elements
    }

    private mutating func parseList(into elements: inout [ExtensionElement]) throws(ExtensionError) {
        while true {
            skipBlanks()
            guard offset < text.count else { return }
            if take(",") { continue }
            guard elements.count < Self.maxExtensions else {
                throw .tooManyExtensions(limit: Self.maxExtensions)
            }
            elements.append(try parseElement())
            guard offset == text.count || take(",") else { throw .separatorExpected(offset: offset) }
        }
    }

    private mutating func parseElement() throws(ExtensionError) -> ExtensionElement {
        var element = ExtensionElement(name: try parseToken())
        skipBlanks()
        while take(";") {
            guard element.parameters.count < Self.maxParameters else {
                throw .tooManyParameters(limit: Self.maxParameters)
            }
            skipBlanks()
            let name = try parseToken()
            skipBlanks()
            var value: [UInt8]?
            if take("=") {
                skipBlanks()
                let isQuoted = offset < text.count && text[offset] == ASCII.byte("\"")
                value = isQuoted ? try parseQuoted() : try parseToken().array
                skipBlanks()
            }
            element.parameters.append(.init(name: name, value: value))
        }
        return element
    }

    private mutating func parseToken() throws(ExtensionError) -> ByteView {
        let start = offset
        while offset < text.count, ASCII.isToken(text[offset]) { offset += 1 }
        guard offset > start else { throw .tokenExpected(offset: offset) }
        return text[start..<offset]
    }

    private mutating func parseQuoted() throws(ExtensionError) -> [UInt8] {
        let start = offset
        offset += 1
        var value: [UInt8] = []
        while true {
            if take("\"") { break }
            if take("\\") {}
            guard offset < text.count else { throw .quoteNotClosed(offset: start) }
            guard ASCII.isToken(text[offset]) else { throw .quotedValueNotToken(offset: offset) }
            value.append(text[offset])
            offset += 1
        }
        guard !value.isEmpty else { throw .quotedValueNotToken(offset: start) }
        return value
    }

    private mutating func skipBlanks() {
        while offset < text.count, ASCII.isBlank(text[offset]) { offset += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard offset < text.count, text[offset] == ASCII.byte(character) else { return false }
        offset += 1
        return true
    }
}
