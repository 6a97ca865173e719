// Tags and their attributes (WHATWG HTML sections 13.2.5.6 to 13.2.5.40).

internal import Bytes

extension HTMLTokenizer {
    /// Behind `<`.
    mutating func readTagOpen() -> HTMLToken? {
        guard let byte else { return finish() }
        isClosingTag = false
        switch byte {
        case ASCII.byte("!"): return readMarkupDeclaration(from: position + 1)
        case ASCII.byte("?"): return readBogusComment(from: position + 1)
        case ASCII.byte("%"): return readServerComment(from: position + 1)
        case ASCII.byte("/"):
            position += 1
            return readClosingTagOpen()
        case 0: return readTagName()
        default:
            if ASCII.isLetter(byte) { return readTagName() }
            // A lone bracket is text.
            return give(.text, position - 1, position, resumingAt: position, .data)
        }
    }

    private mutating func readClosingTagOpen() -> HTMLToken? {
        guard let byte else { return finish() }
        if byte == ASCII.byte(">") { return go(.data, skipping: 1) }
        guard ASCII.isLetter(byte) else { return readBogusComment(from: position) }
        isClosingTag = true
        return readTagName()
    }

    private mutating func readTagName() -> HTMLToken? {
        let start = position
        var index = start
        while index < input.count {
            let byte = input[index]
            if Self.isWhite(byte) {
                return give(.tagName, start, index, resumingAt: index + 1, .beforeAttributeName)
            }
            if byte == ASCII.byte("/") {
                return give(.tagName, start, index, resumingAt: index + 1, .selfClosing)
            }
            if byte == ASCII.byte(">") {
                if isClosingTag { return give(.closingTag, start, index, resumingAt: index + 1, .data) }
                return give(.tagName, start, index, resumingAt: index, .tagEnd)
            }
            index += 1
        }
        return give(.tagName, start, index, resumingAt: index, .finished)
    }

    /// At the `>` of a tag.
    mutating func readTagEnd() -> HTMLToken? {
        isClosingTag = false
        return give(.tagEnd, position, position + 1, resumingAt: position + 1, .data)
    }

    /// Behind a `/` inside a tag.
    mutating func readSelfClosing() -> HTMLToken? {
        guard let byte else { return finish() }
        guard byte == ASCII.byte(">") else { return go(.beforeAttributeName) }
        return give(.selfClosingEnd, position - 1, position + 1, resumingAt: position + 1, .data)
    }

    mutating func readBeforeAttributeName() -> HTMLToken? {
        skipWhite()
        guard let byte else { return finish() }
        switch byte {
        case ASCII.byte("/"): return go(.selfClosing, skipping: 1)
        case ASCII.byte(">"): return readTagEnd()
        default: return readAttributeName()
        }
    }

    private mutating func readAttributeName() -> HTMLToken? {
        let start = position
        var index = start + 1
        while index < input.count {
            let byte = input[index]
            if Self.isWhite(byte) {
                return give(.attributeName, start, index, resumingAt: index + 1, .afterAttributeName)
            }
            switch byte {
            case ASCII.byte("/"):
                return give(.attributeName, start, index, resumingAt: index + 1, .selfClosing)
            case ASCII.byte("="):
                return give(.attributeName, start, index, resumingAt: index + 1, .beforeValue)
            case ASCII.byte(">"):
                return give(.attributeName, start, index, resumingAt: index, .tagEnd)
            default: index += 1
            }
        }
        return give(.attributeName, start, input.count, resumingAt: input.count, .finished)
    }

    mutating func readAfterAttributeName() -> HTMLToken? {
        skipWhite()
        guard let byte else { return finish() }
        switch byte {
        case ASCII.byte("/"): return go(.selfClosing, skipping: 1)
        case ASCII.byte("="): return go(.beforeValue, skipping: 1)
        case ASCII.byte(">"): return go(.tagEnd)
        default: return readAttributeName()
        }
    }

    mutating func readBeforeValue() -> HTMLToken? {
        skipWhite()
        guard let byte else { return finish() }
        switch byte {
        case ASCII.byte("\""), ASCII.byte("'"), ASCII.byte("`"):
            return go(.quotedValue(byte), skipping: 1)
        default: return readUnquotedValue()
        }
    }

    mutating func readQuotedValue(_ quote: UInt8) -> HTMLToken? {
        let start = position
        guard let end = input.firstIndex(of: quote, from: min(start, input.count)) else {
            return give(
                .attributeValue, min(start, input.count), input.count, resumingAt: input.count, .finished)
        }
        return give(.attributeValue, start, end, resumingAt: end + 1, .afterQuotedValue)
    }

    private mutating func readUnquotedValue() -> HTMLToken? {
        let start = position
        var index = start
        while index < input.count {
            let byte = input[index]
            if Self.isWhite(byte) {
                return give(.attributeValue, start, index, resumingAt: index + 1, .beforeAttributeName)
            }
            if byte == ASCII.byte(">") {
                return give(.attributeValue, start, index, resumingAt: index, .tagEnd)
            }
            index += 1
        }
        return give(.attributeValue, start, index, resumingAt: index, .finished)
    }

    mutating func readAfterQuotedValue() -> HTMLToken? {
        guard let byte else { return finish() }
        switch byte {
        case ASCII.byte("/"): return go(.selfClosing, skipping: 1)
        case ASCII.byte(">"): return readTagEnd()
        default: return go(.beforeAttributeName, skipping: Self.isWhite(byte) ? 1 : 0)
        }
    }
}
