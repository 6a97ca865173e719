// As much of YAML 1.2 as the regression tests of the core rule set are written in: block mappings and
// sequences, sequences of scalars in brackets, plain and quoted scalars of one line, literal blocks.

/// Reads one document; what lies outside of that part of YAML is an error and never skipped.
package struct YAMLReader {
    private let lines: [[UInt8]]
    private var index = 0
    /// Deepest nesting that is followed.
    static var deepest: Int { 32 }

    private init(_ text: [UInt8]) {
        lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    }

    package static func read(_ text: [UInt8]) throws(YAMLError) -> YAMLNode {
        var reader = YAMLReader(text)
        reader.skipEmptyLines()
        if reader.index < reader.lines.count, reader.lines[reader.index].starts(with: Array("---".utf8)) {
            reader.index += 1
        }
        let node = try reader.block(minimumIndent: 0, depth: 0)
        reader.skipEmptyLines()
        guard reader.index == reader.lines.count else { throw reader.error("text behind the document") }
        return node
    }

    private func error(_ reason: String) -> YAMLError { YAMLError(line: index + 1, reason: reason) }

    private static func indent(of line: [UInt8]) -> Int { line.prefix { $0 == 0x20 }.count }

    /// Passes lines that are empty or hold a comment only.
    private mutating func skipEmptyLines() {
        while index < lines.count {
            let rest = lines[index].drop { $0 == 0x20 }
            guard rest.isEmpty || rest.first == UInt8(ascii: "#") else { return }
            index += 1
        }
    }

    private mutating func block(minimumIndent: Int, depth: Int) throws(YAMLError) -> YAMLNode {
        guard depth < Self.deepest else { throw error("nested too deep") }
        skipEmptyLines()
        guard index < lines.count, Self.indent(of: lines[index]) >= minimumIndent else { return .scalar([]) }
        let indent = Self.indent(of: lines[index])
        if Self.beginsItem(lines[index], at: indent) { return try sequence(indent: indent, depth: depth) }
        return try mapping(indent: indent, first: nil, depth: depth)
    }

    private static func beginsItem(_ line: [UInt8], at indent: Int) -> Bool {
        guard line.count > indent, line[indent] == UInt8(ascii: "-") else { return false }
        return line.count == indent + 1 || line[indent + 1] == 0x20
    }

    private mutating func sequence(indent: Int, depth: Int) throws(YAMLError) -> YAMLNode {
        var items: [YAMLNode] = []
        while true {
            skipEmptyLines()
            guard index < lines.count, Self.indent(of: lines[index]) == indent,
                Self.beginsItem(lines[index], at: indent)
            else { break }
            let rest = lines[index].dropFirst(indent + 1)
            let inner = rest.drop { $0 == 0x20 }
            if inner.isEmpty || inner.first == UInt8(ascii: "#") {
                index += 1
                items.append(try block(minimumIndent: indent + 1, depth: depth + 1))
            } else if Self.keyEnd(inner) != nil {
                items.append(try mapping(indent: inner.startIndex, first: inner.startIndex, depth: depth + 1))
            } else {
                items.append(try value(inner, indent: indent))
            }
        }
        return .list(items)
    }

    /// - Parameter first: Where the first key stands in its line, behind the dash of an item.
    private mutating func mapping(indent: Int, first: Int?, depth: Int) throws(YAMLError) -> YAMLNode {
        guard depth < Self.deepest else { throw error("nested too deep") }
        var members: [YAMLNode.Member] = []
        var place = first
        while true {
            if place == nil {
                skipEmptyLines()
                guard index < lines.count, Self.indent(of: lines[index]) == indent,
                    !Self.beginsItem(lines[index], at: indent)
                else { break }
            }
            let line = lines[index].dropFirst(place ?? indent)
            place = nil
            guard let end = Self.keyEnd(line) else { throw error("no key") }
            let key = try scalar(line[..<end])
            let rest = line[(end + 1)...].drop { $0 == 0x20 }
            let member: YAMLNode
            if rest.isEmpty || rest.first == UInt8(ascii: "#") {
                index += 1
                member = try nested(under: indent, depth: depth)
            } else {
                member = try value(rest, indent: indent)
            }
            members.append(YAMLNode.Member(key: String(decoding: key, as: UTF8.self), value: member))
        }
        return .mapping(members)
    }

    /// What a key without a value in its line holds; a sequence may stand as far left as the key.
    private mutating func nested(under indent: Int, depth: Int) throws(YAMLError) -> YAMLNode {
        skipEmptyLines()
        guard index < lines.count else { return .scalar([]) }
        let found = Self.indent(of: lines[index])
        let isSequence = found == indent && Self.beginsItem(lines[index], at: found)
        guard found > indent || isSequence else { return .scalar([]) }
        return try block(minimumIndent: found, depth: depth + 1)
    }

    /// The value that begins in the current line, which is passed.
    private mutating func value(_ text: ArraySlice<UInt8>, indent: Int) throws(YAMLError) -> YAMLNode {
        switch text.first {
        case UInt8(ascii: "|")?:
            let header = Array(text.dropFirst().prefix { $0 != 0x20 })
            guard header.isEmpty || header == [UInt8(ascii: "-")] else { throw error("block header") }
            index += 1
            return .scalar(literal(under: indent, keepsLineFeed: header.isEmpty))
        case UInt8(ascii: "[")?:
            let node = try flow(text)
            index += 1
            return node
        case UInt8(ascii: ">")?, UInt8(ascii: "{")?, UInt8(ascii: "&")?, UInt8(ascii: "*")?,
            UInt8(ascii: "!")?:
            throw error("a kind of node that is not read here")
        default:
            let bytes = try scalar(text)
            index += 1
            return .scalar(bytes)
        }
    }

    private mutating func literal(under indent: Int, keepsLineFeed: Bool) -> [UInt8] {
        var content: [ArraySlice<UInt8>] = []
        var width: Int?
        while index < lines.count {
            let line = lines[index]
            let found = Self.indent(of: line)
            if found < line.count {
                if width == nil, found > indent { width = found }
                guard let width, found >= width else { break }
            }
            content.append(line.dropFirst(width ?? found))
            index += 1
        }
        while content.last?.isEmpty == true { content.removeLast() }
        var bytes = Array(content.joined(separator: [0x0A]))
        if keepsLineFeed, !content.isEmpty { bytes.append(0x0A) }
        return bytes
    }

    private func flow(_ text: ArraySlice<UInt8>) throws(YAMLError) -> YAMLNode {
        guard let end = text.firstIndex(of: UInt8(ascii: "]")) else { throw error("open bracket") }
        let inner = text[(text.startIndex + 1)..<end]
        guard !inner.contains(UInt8(ascii: "\"")), !inner.contains(UInt8(ascii: "'")) else {
            throw error("quotes in brackets")
        }
        let items = inner.split(separator: UInt8(ascii: ",")).map { item in
            var item = item.drop { $0 == 0x20 }
            while item.last == 0x20 { item.removeLast() }
            return YAMLNode.scalar(Array(item))
        }
        return .list(items)
    }

    private func scalar(_ text: ArraySlice<UInt8>) throws(YAMLError) -> [UInt8] {
        do throws(YAMLScalar.Fault) {
            return try YAMLScalar.read(text)
        } catch {
            throw self.error("\(error)")
        }
    }

    /// Where the colon behind a key stands.
    private static func keyEnd(_ text: ArraySlice<UInt8>) -> Int? {
        var place = text.startIndex
        if let quote = text.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            guard let end = text.dropFirst().firstIndex(of: quote) else { return nil }
            place = end + 1
            guard place < text.endIndex, text[place] == UInt8(ascii: ":") else { return nil }
        }
        while place < text.endIndex {
            if text[place] == UInt8(ascii: ":"), place + 1 == text.endIndex || text[place + 1] == 0x20 {
                return place
            }
            place += 1
        }
        return nil
    }
}
