// Host and port: RFC 9110 section 7.2, RFC 3986 section 3.2.

package import Bytes

/// `uri-host [":" port]`, as in Host and in a target in absolute form.
package struct Authority {
    /// As sent; an IPv6 address keeps its brackets. Never empty.
    package let host: ByteView
    /// nil when none was given or it was empty, as in `name:`.
    package let port: UInt16?

    /// Reads an authority; nil when `text` is none.
    ///
    /// User information is refused: it has no meaning in requests and hides the host from people.
    package init?(_ text: ByteView) {
        let hostEnd: Int
        if !text.isEmpty, text[0] == ASCII.byte("[") {
            guard let bracket = text.firstIndex(of: ASCII.byte("]")),
                Self.isAddress(text[1..<bracket])
            else { return nil }
            hostEnd = bracket + 1
        } else {
            hostEnd = text.firstIndex(of: ASCII.byte(":")) ?? text.count
            guard Self.isName(text[..<hostEnd]) else { return nil }
        }
        host = text[..<hostEnd]
        guard hostEnd < text.count else {
            port = nil
            return
        }
        guard text[hostEnd] == ASCII.byte(":") else { return nil }
        let digits = text[(hostEnd + 1)...]
        var number = 0
        for index in digits.indices {
            guard ASCII.isDigit(digits[index]) else { return nil }
            number = number * 10 + Int(digits[index] - ASCII.byte("0"))
            guard number <= Int(UInt16.max) else { return nil }
        }
        port = digits.isEmpty ? nil : UInt16(number)
    }

    /// Whether both name the same place, when `defaultPort` is meant where there is no port.
    package func matches(_ other: Authority, defaultPort: UInt16) -> Bool {
        host.equalsIgnoringASCIICase(other.host)
            && (port ?? defaultPort) == (other.port ?? defaultPort)
    }

    /// What names and addresses are made of: letters, digits, `-`, `_` and single dots.
    ///
    /// RFC 3986 lets a name hold other marks and percent-encoded bytes, which no host has. Who decodes
    /// them sees another host than who does not, so they are refused, as by Apache.
    private static func isName(_ name: ByteView) -> Bool {
        guard !name.isEmpty else { return false }
        for index in name.indices {
            let byte = name[index]
            if byte == ASCII.byte(".") {
                guard index == 0 || name[index - 1] != byte else { return false }
            } else {
                guard ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.byte("-")
                    || byte == ASCII.byte("_")
                else { return false }
            }
        }
        return true
    }

    /// The characters of an IPv6 address. Whether they form one does not matter here: it is
    /// compared and passed on, never connected to.
    private static func isAddress(_ address: ByteView) -> Bool {
        guard address.contains(ASCII.byte(":")) else { return false }
        for index in address.indices {
            let byte = address[index]
            guard ASCII.hexValue(byte) != nil || byte == ASCII.byte(":") || byte == ASCII.byte(".")
            else { return false }
        }
        return true
    }
}
