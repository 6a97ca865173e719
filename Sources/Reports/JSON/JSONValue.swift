// JSON as the programs write it: one line, members in the order given (RFC 8259).

/// A value to be written. Numbers are whole; the counters fit 64 bits.
package indirect enum JSONValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case counter(UInt64)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    package static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    package static func integer(_ number: Int) -> JSONValue { .integer(Int64(number)) }
    /// null for nil.
    package static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    package static func optional(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }

    /// Without a line feed, at the end or inside.
    package var line: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let number): text += String(number)
        case .counter(let number): text += String(number)
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.0, to: &text)
                text += ":"
                member.1.write(to: &text)
            }
            text += "}"
        }
    }

    /// Quotes, backslashes and control characters must be escaped (RFC 8259 section 7); U+2028 and
    /// DEL are too, since a line of this goes to terminals.
    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    package static func == (left: JSONValue, right: JSONValue) -> Bool { left.line == right.line }
}
