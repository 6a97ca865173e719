// The fields of a head that a handshake is made of. RFC 6455 section 4.

package import Bytes

/// Values of the handshake's fields, in the order received; views of the head they stand in.
package struct HandshakeFields {
    var upgrade: [ByteView] = []
    var connection: [ByteView] = []
    var version: [ByteView] = []
    var key: [ByteView] = []
    var accept: [ByteView] = []
    var subprotocols: [ByteView] = []
    var extensions: [ByteView] = []

    package init() {}

    /// Takes one field of the head; those that no handshake knows are passed over.
    package mutating func add(name: ByteView, value: ByteView) {
        let value = value.trimming(while: ASCII.isBlank)
        switch name.count {
        case 7 where name.equalsIgnoringASCIICase("upgrade"): upgrade.append(value)
        case 10 where name.equalsIgnoringASCIICase("connection"): connection.append(value)
        case 17 where name.equalsIgnoringASCIICase("sec-websocket-key"): key.append(value)
        case 20 where name.equalsIgnoringASCIICase("sec-websocket-accept"): accept.append(value)
        case 21 where name.equalsIgnoringASCIICase("sec-websocket-version"): version.append(value)
        case 22 where name.equalsIgnoringASCIICase("sec-websocket-protocol"): subprotocols.append(value)
        case 24 where name.equalsIgnoringASCIICase("sec-websocket-extensions"): extensions.append(value)
        default: break
        }
    }

    /// Appends the one extension that the fields name, without the empty elements that a list may have.
    package func appendExtensions(to output: inout ByteBuffer) {
        for value in extensions {
            let element = value.trimming { ASCII.isBlank($0) || $0 == ASCII.byte(",") }
            if !element.isEmpty { output.append(element) }
        }
    }

    /// Whether one of the comma-separated elements is `token`, without regard to case.
    static func contains(_ token: StaticString, in values: [ByteView]) -> Bool {
        for value in values {
            for element in elements(of: value) where element.equalsIgnoringASCIICase(token) { return true }
        }
        return false
    }

    /// The elements of a list without their blanks; empty ones are left out (RFC 9110 section 5.6.1).
    static func elements(of list: ByteView) -> [ByteView] {
        var elements: [ByteView] = []
        var start = 0
        while start <= list.count {
            let end = list.firstIndex(of: ASCII.byte(","), from: start) ?? list.count
            let element = list[start..<end].trimming(while: ASCII.isBlank)
            if !element.isEmpty { elements.append(element) }
            start = end + 1
        }
        return elements
    }

    /// Whether `text` is a token (RFC 9110 section 5.6.2), which is never empty.
    static func isToken(_ text: ByteView) -> Bool {
        for index in text.indices where !ASCII.isToken(text[index]) { return false }
        return !text.isEmpty
    }
}
