// Keyword by keyword (JSON Schema Validation 2020-12, section 6; Core 2020-12, sections 8 to 10).

internal import BodyFormats
internal import Bytes
internal import RuleStore

extension SchemaCompiler {
    mutating func compile(_ keyword: String, _ place: Int, of schema: Int, into node: Int) {
        switch keyword {
        case "type": compileType(place, into: node)
        case "enum": compileEnumeration(place, into: node)
        case "const": compileConstant(place, into: node)
        case "required": compileRequired(place, into: node)
        case "properties": compileProperties(place, into: node)
        case "patternProperties": compilePatternProperties(place, into: node)
        case "additionalProperties": add(.additionalProperties, self.node(at: place), to: node)
        case "items": add(.items, self.node(at: place), prefixCount(of: schema), to: node)
        case "prefixItems": compilePrefixItems(place, into: node)
        case "minProperties": compileCount(.minProperties, place, into: node)
        case "maxProperties": compileCount(.maxProperties, place, into: node)
        case "minItems": compileCount(.minItems, place, into: node)
        case "maxItems": compileCount(.maxItems, place, into: node)
        case "minLength": compileCount(.minLength, place, into: node)
        case "maxLength": compileCount(.maxLength, place, into: node)
        case "pattern":
            if let source = string(place), let index = pattern(source, at: place) {
                add(.pattern, index, to: node)
            }
        case "minimum": compileBound(.minimum, place, into: node)
        case "maximum": compileBound(.maximum, place, into: node)
        case "exclusiveMinimum": compileBound(.exclusiveMinimum, place, into: node)
        case "exclusiveMaximum": compileBound(.exclusiveMaximum, place, into: node)
        case "multipleOf": compileMultiple(place, into: node)
        case "$ref": compileReference(place, into: node)
        case "allOf": for part in parts(place) { add(.reference, part, to: node) }
        case "anyOf": compileChoice(.anyOf, place, into: node)
        case "oneOf": compileChoice(.oneOf, place, into: node)
        case "not": add(.not, self.node(at: place), to: node)
        case "$schema": checkDialect(place)
        case "$defs", "definitions":
            // Compiled where they are referred to, and here for their errors.
            if isKind(.object, place) { for child in children(place) { _ = self.node(at: child) } }
        case "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
            "format", "contentEncoding", "contentMediaType":
            break
        default: report(place, "keyword \"\(keyword)\" is not supported")
        }
    }

    // MARK: Values

    private mutating func isKind(_ kind: JSONTape.Kind, _ place: Int) -> Bool {
        if tape.nodes[place].kind == kind { return true }
        report(place, "\"\(tape.nodes[place].key.string)\" must be of type \(kind)")
        return false
    }

    private mutating func string(_ place: Int) -> ByteView? {
        isKind(.string, place) ? tape.nodes[place].text : nil
    }

    private mutating func compileCount(_ operation: SchemaOperation, _ place: Int, into node: Int) {
        guard isKind(.number, place) else { return }
        // More than a 32-bit word holds is no bound on what a message can be.
        guard let count = DecimalNumber.parse(tape.nodes[place].text.string), let word = UInt32(exactly: count) else {
            return report(place, "\"\(operation.keyword)\" must be a whole number below 4294967296")
        }
        add(operation, word, to: node)
    }

    private mutating func compileBound(_ operation: SchemaOperation, _ place: Int, into node: Int) {
        guard isKind(.number, place) else { return }
        add(operation, text(tape.nodes[place].text), to: node)
    }

    private mutating func compileMultiple(_ place: Int, into node: Int) {
        guard isKind(.number, place) else { return }
        let digits = tape.nodes[place].text
        let significant = digits.string.split { $0 == "e" || $0 == "E" }[0].filter { $0.isNumber }.drop { $0 == "0" }
        guard !significant.isEmpty, digits[0] != ASCII.byte("-"), significant.count <= 15 else {
            return report(place, "\"multipleOf\" must be above 0, with at most 15 digits")
        }
        add(.multipleOf, text(digits), to: node)
    }

    // MARK: Types and constants

    private static let types: [(String, SchemaTypes)] = [
        ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("integer", .integer),
        ("boolean", .boolean), ("null", .null),
    ]

    private mutating func compileType(_ place: Int, into node: Int) {
        let names = tape.nodes[place].kind == .array ? children(place) : [place]
        var types: SchemaTypes = []
        for name in names {
            let spelling = tape.nodes[name].text.string
            guard tape.nodes[name].kind == .string, let type = Self.types.first(where: { $0.0 == spelling }) else {
                let known = Self.types.map(\.0).joined(separator: ", ")
                return report(name, "a type is one of \(known)")
            }
            types.insert(type.1)
        }
        add(.type, types.rawValue, to: node)
    }

    private mutating func compileEnumeration(_ place: Int, into node: Int) {
        guard isKind(.array, place) else { return }
        var choices: [UInt32] = []
        for child in children(place) {
            let choice = newNode()
            compileConstant(child, into: choice)
            choices.append(UInt32(choice))
        }
        add(.anyOf, list(choices), UInt32(choices.count), to: node)
    }

    /// A compound constant becomes the schema that only it fulfils.
    private mutating func compileConstant(_ place: Int, into node: Int) {
        let value = tape.nodes[place]
        switch value.kind {
        case .string: add(.constant, SchemaTypes.string.rawValue, text(value.text), to: node)
        case .number: add(.constant, SchemaTypes.number.rawValue, text(value.text), to: node)
        case .boolean: add(.constant, SchemaTypes.boolean.rawValue, text(value.text), to: node)
        case .null: add(.type, SchemaTypes.null.rawValue, to: node)
        case .array:
            add(.type, SchemaTypes.array.rawValue, to: node)
            add(.minItems, UInt32(value.count), to: node)
            add(.maxItems, UInt32(value.count), to: node)
            for (index, child) in children(place).enumerated() {
                let element = newNode()
                compileConstant(child, into: element)
                add(.prefixItem, UInt32(index), UInt32(element), to: node)
            }
        case .object:
            add(.type, SchemaTypes.object.rawValue, to: node)
            for child in children(place) {
                let member = newNode()
                compileConstant(child, into: member)
                let name = text(tape.nodes[child].key)
                add(.required, name, to: node)
                add(.property, name, UInt32(member), to: node)
            }
            let nothing = newNode()
            add(.never, to: nothing)
            add(.additionalProperties, UInt32(nothing), to: node)
        }
    }

    // MARK: Objects and arrays

    private mutating func compileRequired(_ place: Int, into node: Int) {
        guard isKind(.array, place) else { return }
        for child in children(place) {
            guard tape.nodes[child].kind == .string else { return report(child, "\"required\" holds names") }
            add(.required, text(tape.nodes[child].text), to: node)
        }
    }

    private mutating func compileProperties(_ place: Int, into node: Int) {
        guard isKind(.object, place) else { return }
        for child in children(place) {
            add(.property, text(tape.nodes[child].key), self.node(at: child), to: node)
        }
    }

    private mutating func compilePatternProperties(_ place: Int, into node: Int) {
        guard isKind(.object, place) else { return }
        for child in children(place) {
            guard let index = pattern(tape.nodes[child].key, at: child) else { continue }
            add(.patternProperty, index, self.node(at: child), to: node)
        }
    }

    private mutating func compilePrefixItems(_ place: Int, into node: Int) {
        for (index, part) in parts(place).enumerated() { add(.prefixItem, UInt32(index), part, to: node) }
    }

    private func prefixCount(of schema: Int) -> UInt32 {
        guard let place = tape.member("prefixItems", of: schema) else { return 0 }
        return UInt32(tape.nodes[place].count)
    }

    // MARK: Applying other schemas

    /// The nodes of a non-empty array of schemas.
    private mutating func parts(_ place: Int) -> [UInt32] {
        guard isKind(.array, place) else { return [] }
        let children = children(place)
        if children.isEmpty { report(place, "\"\(tape.nodes[place].key.string)\" must not be empty") }
        return children.map { node(at: $0) }
    }

    private mutating func compileChoice(_ operation: SchemaOperation, _ place: Int, into node: Int) {
        let parts = parts(place)
        add(operation, list(parts), UInt32(parts.count), to: node)
    }

    private mutating func checkDialect(_ place: Int) {
        guard let dialect = string(place) else { return }
        let text = dialect.string
        guard text.hasPrefix("https://json-schema.org/draft/2020-12/schema") else {
            return report(place, "dialect \"\(text)\" is not supported, expected 2020-12")
        }
    }

    /// `#` and `#/a/b`: a JSON Pointer into this very file (RFC 6901 section 6).
    private mutating func compileReference(_ place: Int, into node: Int) {
        guard let reference = string(place) else { return }
        let text = reference.string
        guard text.hasPrefix("#"), text == "#" || text.hasPrefix("#/") else {
            return report(place, "\"$ref\" \"\(text)\" leads out of this file, which is not supported")
        }
        var target = 0
        for token in text.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) where text != "#" {
            let name = Self.unescaped(token)
            let found =
                tape.nodes[target].kind == .array
                ? DecimalNumber.parse(name).flatMap { index in children(target).dropFirst(index).first }
                : children(target).last { tape.nodes[$0].key.string == name }
            guard let found else { return report(place, "\"$ref\" \"\(text)\" leads nowhere") }
            target = found
        }
        add(.reference, self.node(at: target), to: node)
    }

    /// `~1`, `~0` and the percent coding of fragments.
    private static func unescaped(_ token: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(token.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "~"), let next = rest.first, next == 0x30 || next == 0x31 {
                bytes.append(next == 0x30 ? UInt8(ascii: "~") : UInt8(ascii: "/"))
                rest.removeFirst()
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let high = ASCII.hexValue(rest[rest.startIndex]), let low = ASCII.hexValue(rest[rest.startIndex + 1])
            {
                bytes.append(high << 4 | low)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
