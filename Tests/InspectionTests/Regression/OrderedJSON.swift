// JSON whose objects keep the order of their members: header fields are tested in the order sent.

/// A value of a JSON text that is known to be well-formed.
indirect enum OrderedJSON {
    case object([(name: String, value: OrderedJSON)])
    case array([OrderedJSON])
    case string(String)
    case number(Double)
    case bool(Bool)
    case null

    subscript(_ name: String) -> OrderedJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    var items: [OrderedJSON]? {
        if case .array(let items) = self { items } else { nil }
    }

    var members: [(name: String, value: OrderedJSON)] {
        if case .object(let members) = self { members } else { [] }
    }

    init(parsing bytes: [UInt8]) {
        var reader = OrderedJSONReader(bytes: bytes)
        self = reader.value()
    }
}

private struct OrderedJSONReader {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() -> UInt8 {
        while [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        return bytes[index]
    }

    mutating func value() -> OrderedJSON {
        switch next() {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return .string(string())
        default: return word()
        }
    }

    private mutating func object() -> OrderedJSON {
        var members: [(name: String, value: OrderedJSON)] = []
        index += 1
        while next() != UInt8(ascii: "}") {
            let name = string()
            precondition(next() == UInt8(ascii: ":"), "the kit's JSON is well-formed")
            index += 1
            members.append((name, value()))
            if next() == UInt8(ascii: ",") {
                index += 1
                _ = next()
            }
        }
        index += 1
        return .object(members)
    }

    private mutating func array() -> OrderedJSON {
        var items: [OrderedJSON] = []
        index += 1
        while next() != UInt8(ascii: "]") {
            items.append(value())
            if next() == UInt8(ascii: ",") { index += 1 }
        }
        index += 1
        return .array(items)
    }

    private mutating func word() -> OrderedJSON {
        let start = index
        while index < bytes.count, ![0x2C, 0x5D, 0x7D, 0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) {
            index += 1
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default: return .number(Double(text)!)
        }
    }

    private mutating func string() -> String {
        var units: [UInt16] = []
        index += 1
        while bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] == UInt8(ascii: "\\") else {
                let start = index
                while bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") { index += 1 }
                units += Array(String(decoding: bytes[start..<index], as: UTF8.self).utf16)
                continue
            }
            let escape = bytes[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "u"):
                units.append(UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)!)
                index += 4
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            default: units.append(UInt16(escape))
            }
        }
        index += 1
        return String(decoding: units, as: UTF16.self)
    }
}
