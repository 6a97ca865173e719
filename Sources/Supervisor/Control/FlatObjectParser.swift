// The JSON of a request: one object whose members are strings. More is not needed, and what a
// client may send stays small enough to be checked by eye.

internal import Bytes

/// Why a line is not such an object.
package enum FlatObjectError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Byte offset in the line, and what should stand there.
    case expected(String, offset: Int)
    case badEscape(offset: Int)
    case notUTF8
    case repeatedMember(String)

    package var description: String {
        switch self {
        case .expected(let what, let offset): "expected \(what) at byte \(offset)"
        case .badEscape(let offset): "bad escape at byte \(offset)"
        case .notUTF8: "not UTF-8"
        case .repeatedMember(let name): "member \"\(name)\" is given twice"
        }
    }
}

package struct FlatObjectParser {
    private let bytes: [UInt8]
    private var offset = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func parse(_ bytes: [UInt8]) throws(FlatObjectError) -> [String: String] {
        var parser = FlatObjectParser(bytes)
        return try parser.object()
    }

    private mutating func object() throws(FlatObjectError) -> [String: String] {
        var members: [String: String] = [:]
        try expect("{")
        if !take("}") {
            repeat {
                let name = try string("a member's name")
                try expect(":")
                let value = try string("a string")
                guard members.updateValue(value, forKey: name) == nil else { throw .repeatedMember(name) }
            } while take(",")
            try expect("}")
        }
        skipBlanks()
        guard offset == bytes.count else { throw .expected("the end", offset: offset) }
        return members
    }

    private mutating func string(_ what: String) throws(FlatObjectError) -> String {
        guard take("\"") else { throw .expected(what, offset: offset) }
        var text: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                guard let result = String(validating: text, as: UTF8.self) else { throw .notUTF8 }
                return result
            case UInt8(ascii: "\\"):
                let scalar = try escape()
                text += Array(String(Character(scalar)).utf8)
            case 0..<0x20:
                throw .expected("an escape", offset: offset)
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw .expected("\"", offset: offset)
    }

    private mutating func escape() throws(FlatObjectError) -> Unicode.Scalar {
        let start = offset
        guard offset + 1 < bytes.count else { throw .badEscape(offset: start) }
        offset += 2
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            // Surrogate pairs are not needed: a client may write such characters as they are.
            guard let scalar = hexScalar() else { throw .badEscape(offset: start) }
            return scalar
        default: throw .badEscape(offset: start)
        }
    }

    private mutating func hexScalar() -> Unicode.Scalar? {
        guard bytes.count - offset >= 4 else { return nil }
        var value: UInt32 = 0
        for byte in bytes[offset..<offset + 4] {
            guard let digit = ASCII.hexValue(byte) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        offset += 4
        return Unicode.Scalar(value)
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(FlatObjectError) {
        guard take(character) else { throw .expected("\"\(character)\"", offset: offset) }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipBlanks() {
        while offset < bytes.count, ASCII.isSpace(bytes[offset]) { offset += 1 }
    }
}
