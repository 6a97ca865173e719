// Comments, declarations and sections (WHATWG HTML sections 13.2.5.41 to 13.2.5.71).

internal import Bytes

extension HTMLTokenizer {
    /// Behind `<!`.
    mutating func readMarkupDeclaration(from start: Int) -> HTMLToken? {
        let rest = input[min(start, input.count)...]
        if rest.count >= 7, rest[..<7].equalsIgnoringASCIICase("doctype") {
            return readDocumentType(from: start)
        }
        if rest.hasPrefix(ByteView("[CDATA[")) { return readCharacterData(from: start + 7) }
        if rest.hasPrefix(ByteView("--")) { return readComment(from: start + 2) }
        return readBogusComment(from: min(start, input.count))
    }

    /// What is no comment but is skipped like one: `<?…>`, `<!…>`, `</…>`.
    mutating func readBogusComment(from start: Int) -> HTMLToken? {
        let end = input.firstIndex(of: ASCII.byte(">"), from: start)
        return readRange(.comment, start, end, markBytes: 1)
    }

    /// `<% … %>`, the markup of server pages, which Internet Explorer skipped.
    mutating func readServerComment(from start: Int) -> HTMLToken? {
        let end = input.firstRange(of: ByteView("%>"), from: start)?.lowerBound
        return readRange(.comment, start, end, markBytes: 2)
    }

    private mutating func readDocumentType(from start: Int) -> HTMLToken? {
        let end = input.firstIndex(of: ASCII.byte(">"), from: start)
        return readRange(.documentType, start, end, markBytes: 1)
    }

    private mutating func readCharacterData(from start: Int) -> HTMLToken? {
        let end = input.firstRange(of: ByteView("]]>"), from: start)?.lowerBound
        return readRange(.text, start, end, markBytes: 3)
    }

    private mutating func readRange(
        _ type: HTMLTokenType, _ start: Int, _ end: Int?, markBytes: Int
    ) -> HTMLToken? {
        guard let end else { return give(type, start, input.count, resumingAt: input.count, .finished) }
        return give(type, start, end, resumingAt: end + markBytes, .data)
    }

    /// `<!-- … -->`, and the endings that browsers take as well: `--!>`, and a backquote for a dash.
    private mutating func readComment(from start: Int) -> HTMLToken? {
        var search = start
        while let dash = input.firstIndex(of: ASCII.byte("-"), from: search) {
            search = dash + 1
            var index = skippingNULs(search)
            guard index < input.count else { break }
            guard input[index] == ASCII.byte("-") || input[index] == ASCII.byte("`") else { continue }
            index = skippingNULs(index + 1)
            if index < input.count, input[index] == ASCII.byte("!") { index = skippingNULs(index + 1) }
            guard index < input.count else { break }
            if input[index] == ASCII.byte(">") {
                return give(.comment, start, dash, resumingAt: index + 1, .data)
            }
        }
        return give(.comment, start, input.count, resumingAt: input.count, .finished)
    }

    private func skippingNULs(_ start: Int) -> Int {
        var index = start
        while index < input.count, input[index] == 0 { index += 1 }
        return index
    }
}
