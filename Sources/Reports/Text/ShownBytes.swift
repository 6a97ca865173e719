// Bytes as text that can neither end a line nor steer a terminal.

package import Bytes

package enum ShownBytes {
    /// What a peer sent, as logs have it: `"` and `\` behind a backslash, everything outside printable
    /// ASCII as `\xhh`.
    ///
    /// - Parameter limitBytes: Bytes of `bytes` that are shown; how many are left out is told.
    package static func quoted(_ bytes: ByteView, limitBytes: Int = .max) -> String {
        let count = min(bytes.count, max(0, limitBytes))
        let text = "\"\(escaped(bytes[..<count]))\""
        return count == bytes.count ? text : text + " (\(bytes.count - count) more bytes)"
    }

    /// The same without quotes.
    package static func escaped(_ bytes: ByteView) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case 0x22, 0x5C: text += [0x5C, byte]
            case 0x20...0x7E: text.append(byte)
            default: text += Array(escape(byte).utf8)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What stands in a rule file: as it is, but for control characters and bytes that are no UTF-8.
    package static func ofRuleText(_ bytes: ByteView) -> String {
        var text = ""
        let string = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        guard !string.unicodeScalars.contains("\u{FFFD}") else {
            for index in bytes.indices {
                let byte = bytes[index]
                text += 0x20...0x7E ~= byte ? String(UnicodeScalar(byte)) : escape(byte)
            }
            return text
        }
        for scalar in string.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F: text += escape(UInt8(scalar.value))
            case 0x80..<0xA0, 0x2028, 0x2029: text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func escape(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
