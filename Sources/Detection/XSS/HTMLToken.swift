// A piece of markup as a browser reads it.

/// The kind of a piece.
enum HTMLTokenType: UInt8, Sendable {
    case text
    /// The name of an opening tag, and of a closing tag with attributes.
    case tagName
    /// The `>` of a tag.
    case tagEnd
    /// The `/>` of a tag.
    case selfClosingEnd
    /// The name of a closing tag without attributes.
    case closingTag
    case attributeName
    case attributeValue
    case comment
    case documentType
}

/// A kind and a place in the input.
struct HTMLToken: Sendable {
    var type: HTMLTokenType
    var start: Int
    var end: Int

    init(_ type: HTMLTokenType, _ start: Int, _ end: Int) {
        self.type = type
        self.start = start
        self.end = end
    }
}
