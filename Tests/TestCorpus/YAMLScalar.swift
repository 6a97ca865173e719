// Scalars of one line: plain, in single and in double quotes (YAML 1.2 section 7.3).

enum YAMLScalar {
    enum Fault: Error, Equatable {
        case openQuote
        case textBehindQuote
        case unknownEscape(UInt8)
    }

    static func read(_ text: ArraySlice<UInt8>) throws(Fault) -> [UInt8] {
        switch text.first {
        case UInt8(ascii: "\"")?: return try doubleQuoted(text.dropFirst())
        case UInt8(ascii: "'")?: return try singleQuoted(text.dropFirst())
        default: return plain(text)
        }
    }

    /// A comment begins with a `#` behind a blank.
    private static func plain(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var end = text.startIndex
        while end < text.endIndex {
            if text[end] == UInt8(ascii: "#"), end > text.startIndex, text[end - 1] == 0x20 { break }
            end += 1
        }
        var result = Array(text[..<end])
        while result.last == 0x20 { result.removeLast() }
        return result == [UInt8(ascii: "~")] || result == Array("null".utf8) ? [] : result
    }

    private static func singleQuoted(_ text: ArraySlice<UInt8>) throws(Fault) -> [UInt8] {
        var result: [UInt8] = []
        var place = text.startIndex
        while place < text.endIndex {
            if text[place] == UInt8(ascii: "'") {
                guard place + 1 < text.endIndex, text[place + 1] == UInt8(ascii: "'") else {
                    try end(text[(place + 1)...])
                    return result
                }
                place += 1
            }
            result.append(text[place])
            place += 1
        }
        throw .openQuote
    }

    private static func doubleQuoted(_ text: ArraySlice<UInt8>) throws(Fault) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") {
                try end(rest)
                return result
            }
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            guard let escape = rest.popFirst() else { throw .openQuote }
            switch escape {
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "v"): result.append(0x0B)
            case UInt8(ascii: "0"): result.append(0x00)
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "/"), 0x20: result.append(escape)
            case UInt8(ascii: "x"): result += try character(&rest, digits: 2)
            case UInt8(ascii: "u"): result += try character(&rest, digits: 4)
            default: throw .unknownEscape(escape)
            }
        }
        throw .openQuote
    }

    /// The UTF-8 of a character given by its number.
    private static func character(_ rest: inout ArraySlice<UInt8>, digits: Int) throws(Fault) -> [UInt8] {
        let word = String(decoding: rest.prefix(digits), as: UTF8.self)
        guard word.utf8.count == digits, let number = UInt32(word, radix: 16),
            let scalar = Unicode.Scalar(number)
        else { throw .unknownEscape(UInt8(ascii: "u")) }
        rest = rest.dropFirst(digits)
        return Array(String(Character(scalar)).utf8)
    }

    private static func end(_ rest: ArraySlice<UInt8>) throws(Fault) {
        let rest = rest.drop { $0 == 0x20 }
        guard rest.isEmpty || rest.first == UInt8(ascii: "#") else { throw .textBehindQuote }
    }
}
