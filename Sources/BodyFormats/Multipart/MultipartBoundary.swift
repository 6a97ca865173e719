// The boundary parameter of a multipart/form-data Content-Type. RFC 2046 section 5.1.1.
//
// Much of what the grammar allows is refused, as ModSecurity 2 does: other parameters, another
// spelling of `boundary`, two of them. Backends disagree about each, and browsers send none.

package import Bytes

/// A boundary and what was odd about the parameter.
package struct MultipartBoundary: Sendable {
    /// Without the two dashes; a slice of the field's value.
    package let text: ByteView
    package let flags: MultipartFlags

    /// - Parameter contentType: The field's value, which must outlive the boundary.
    package init(contentType: ByteView, limits: MultipartLimits = MultipartLimits()) throws(MultipartError) {
        guard contentType.count <= limits.contentTypeBytes else {
            throw .contentTypeTooLong(limitBytes: limits.contentTypeBytes)
        }
        let mediaType = ByteView("multipart/form-data")
        guard contentType.count >= mediaType.count,
            contentType[..<mediaType.count].equalsIgnoringASCIICase(mediaType)
        else { throw .wrongMediaType }
        let count = Self.parameterCount(contentType)
        guard count <= 1 else { throw .boundaryRepeated }
        guard let name = contentType.firstRange(of: ByteView("boundary")) else {
            throw count > 0 ? .boundaryNameCase : .boundaryMissing
        }
        var flags: MultipartFlags = []
        try Self.checkSeparator(contentType, mediaType.count, name.lowerBound, &flags)
        let value = try Self.value(contentType, behind: name.upperBound, &flags)
        text = try Self.unquote(value, &flags)
        self.flags = flags
        guard Self.parameterCount(text) == 0 else { throw .boundaryContent }
        try Self.checkCharacters(text)
    }

    /// How often the word occurs, in any case, with a `=` somewhere behind it.
    private static func parameterCount(_ text: ByteView) -> Int {
        let word = ByteView("boundary")
        guard let lastEquals = text.lastIndex(of: ASCII.byte("=")) else { return 0 }
        var count = 0
        var index = 0
        while index + word.count <= lastEquals {
            if text[index..<(index + word.count)].equalsIgnoringASCIICase(word) {
                count += 1
                index += word.count
            } else {
                index += 1
            }
        }
        return count
    }

    /// Between media type and parameter: one semicolon and white space, nothing else.
    private static func checkSeparator(
        _ text: ByteView, _ start: Int, _ end: Int, _ flags: inout MultipartFlags
    ) throws(MultipartError) {
        var semicolons = 0
        for index in start..<max(start, end) where !ASCII.isSpace(text[index]) {
            guard text[index] == ASCII.byte(";"), semicolons == 0 else { throw .boundaryMalformed }
            semicolons += 1
        }
        if semicolons == 0 { flags.insert(.missingSemicolon) }
    }

    private static func value(
        _ text: ByteView, behind nameEnd: Int, _ flags: inout MultipartFlags
    ) throws(MultipartError) -> ByteView {
        guard let equals = text.firstIndex(of: ASCII.byte("="), from: nameEnd) else {
            throw .boundaryMalformed
        }
        for index in nameEnd..<equals {
            guard ASCII.isSpace(text[index]) else { throw .boundaryNameMalformed }
            flags.insert(.boundaryWhitespace)
        }
        let value = text[(equals + 1)...]
        if !value.isEmpty, ASCII.isSpace(value[0]) { flags.insert(.boundaryWhitespace) }
        return value
    }

    private static func unquote(
        _ value: ByteView, _ flags: inout MultipartFlags
    ) throws(MultipartError) -> ByteView {
        guard !value.isEmpty else { throw .boundaryEmpty }
        let opens = value[0] == ASCII.byte("\"")
        let closes = value.count >= 2 && value[value.count - 1] == ASCII.byte("\"")
        if opens && closes {
            flags.insert(.boundaryQuoted)
            return value[1..<(value.count - 1)]
        }
        guard !opens && !closes else { throw .boundaryHalfQuoted }
        return value
    }

    /// bchars (RFC 2046 section 5.1.1): a space may not be the last one.
    private static func checkCharacters(_ text: ByteView) throws(MultipartError) {
        guard !text.isEmpty else { throw .boundaryEmpty }
        let marks = ByteView("'()+_,-./:=? ")
        for index in text.indices {
            let byte = text[index]
            guard ASCII.isLetter(byte) || ASCII.isDigit(byte) || marks.contains(byte) else {
                throw .boundaryCharacters
            }
        }
        guard text[text.count - 1] != ASCII.space else { throw .boundaryCharacters }
    }
}
