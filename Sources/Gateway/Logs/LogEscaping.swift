// Values in an access log: nothing in them ends a field or a line.

internal import Bytes
internal import RuleStore

enum LogEscaping {
    static func append(_ value: ByteView, _ escaping: LogFormat.Escaping, to line: inout ByteBuffer) {
        switch escaping {
        case .standard:
            if value.isEmpty { line.append(ASCII.byte("-")) } else { appendStandard(value, to: &line) }
        case .json: line.appendJSON(escaping: value)
        case .none: appendUnescaped(value, to: &line)
        }
    }

    private static func appendStandard(_ value: ByteView, to line: inout ByteBuffer) {
        for index in value.indices {
            switch value[index] {
            case ASCII.byte("\""), ASCII.byte("\\"): appendHexadecimal(value[index], to: &line)
            case 0x20...0x7E: line.append(value[index])
            default: appendHexadecimal(value[index], to: &line)
            }
        }
    }

    /// A decoded path may hold a line feed, and a line is one line even where nothing is escaped.
    private static func appendUnescaped(_ value: ByteView, to line: inout ByteBuffer) {
        for index in value.indices {
            if value[index] == ASCII.lineFeed {
                appendHexadecimal(value[index], to: &line)
            } else {
                line.append(value[index])
            }
        }
    }

    private static func appendHexadecimal(_ byte: UInt8, to line: inout ByteBuffer) {
        line.append("\\x")
        for digit in [byte >> 4, byte & 15] { line.append(digit < 10 ? digit + 0x30 : digit + 0x37) }
    }
}
