// The Content-Disposition of a part. RFC 7578 section 4.2, RFC 2183 section 2; quoting as
// ModSecurity 2 reads it.

internal import Bytes

/// Parses `form-data; name="..."; filename="..."`.
///
/// `name` and `filename` hold what was last seen even where the field turns out wrong: rules ask
/// for them then (MULTIPART_NAME, MULTIPART_FILENAME).
struct ContentDisposition {
    private(set) var name: ByteView?
    private(set) var filename: ByteView?
    private(set) var hasInvalidQuoting = false
    private let text: ByteView
    private let arena: Arena
    private var position = 0

    init(_ text: ByteView, arena: Arena) {
        self.text = text
        self.arena = arena
    }

    mutating func parse() throws(DispositionFlaw) {
        let type = ByteView("form-data")
        guard text.hasPrefix(type) else { throw .notFormData }
        position = type.count
        skipBlanks()
        while position < text.count {
            guard text[position] == ASCII.byte(";") else {
                noteQuoteBefore(position)
                throw .separator
            }
            position += 1
            // A final semicolon is accepted only with nothing behind it.
            if position == text.count { break }
            try parseParameter()
            skipBlanks()
        }
        guard name != nil else { throw .nameMissing }
        // Cruder parsers look for `filename=`: where only we find a file name, they see a field.
        if filename != nil, text.firstRange(of: ByteView("filename=")) == nil { throw .filename }
    }

    private mutating func parseParameter() throws(DispositionFlaw) {
        skipBlanks()
        let start = position
        while position < text.count, text[position] != ASCII.byte("="), !ASCII.isBlank(text[position]) {
            position += 1
        }
        let parameter = text[start..<position]
        skipBlanks()
        guard position < text.count, text[position] == ASCII.byte("=") else { throw .parameter }
        position += 1
        skipBlanks()
        guard position < text.count else { throw .parameter }
        let isQuoted = text[position] == ASCII.byte("\"") || text[position] == ASCII.byte("'")
        let value = try parseValue()
        let isNamed = parameter.equals("name") || parameter.equals("filename")
        if isNamed, !isQuoted, value.contains(ASCII.byte("'")) { hasInvalidQuoting = true }
        if parameter.equals("name") {
            let isRepeated = name != nil
            name = value
            if isRepeated { throw .duplicateName }
        } else if parameter.equals("filename") {
            let isRepeated = filename != nil
            filename = value
            if isRepeated { throw .duplicateFilename }
        } else {
            // `filename*` too, which RFC 7578 section 4.2 forbids.
            throw .unknownParameter
        }
    }

    private mutating func parseValue() throws(DispositionFlaw) -> ByteView {
        let quote = text[position]
        guard quote == ASCII.byte("\"") || quote == ASCII.byte("'") else { return parseToken() }
        position += 1
        if quote == ASCII.byte("'") { hasInvalidQuoting = true }
        let start = position
        var hasEscapes = false
        while position < text.count, text[position] != quote {
            if text[position] == ASCII.byte("\\"), position + 1 < text.count,
                isEscapable(text[position + 1], quote)
            {
                hasEscapes = true
                position += 1
            }
            position += 1
        }
        guard position < text.count else { throw .unterminatedQuote }
        let raw = text[start..<position]
        position += 1
        return hasEscapes ? unescape(raw, quote) : raw
    }

    private mutating func parseToken() -> ByteView {
        let start = position
        while position < text.count, ASCII.isToken(text[position]) || isOddTokenByte(text[position]) {
            position += 1
        }
        return text[start..<position]
    }

    /// `{` and `}` are no tchar of HTTP but a token character of MIME (RFC 2045 section 5.1).
    private func isOddTokenByte(_ byte: UInt8) -> Bool { byte == ASCII.byte("{") || byte == ASCII.byte("}") }

    /// Only the quote itself and the backslash are escaped: browsers write the backslashes of
    /// Windows paths as they are.
    private func isEscapable(_ byte: UInt8, _ quote: UInt8) -> Bool {
        byte == quote || byte == ASCII.byte("\\")
    }

    private func unescape(_ raw: ByteView, _ quote: UInt8) -> ByteView {
        arena.fill(upTo: raw.count) { output in
            var index = 0
            while index < raw.count {
                if raw[index] == ASCII.byte("\\"), index + 1 < raw.count, isEscapable(raw[index + 1], quote) {
                    index += 1
                }
                output.append(raw[index])
                index += 1
            }
        }
    }

    /// Text right behind a closing quote means that somebody sees other quotes than we do.
    private mutating func noteQuoteBefore(_ index: Int) {
        let before = text[index - 1]
        if before == ASCII.byte("'") || before == ASCII.byte("\"") { hasInvalidQuoting = true }
    }

    private mutating func skipBlanks() {
        while position < text.count, ASCII.isBlank(text[position]) { position += 1 }
    }
}
