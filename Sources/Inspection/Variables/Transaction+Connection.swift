// The ends of the connection, and who the client says it is.

internal import Bytes
internal import RuleStore

extension Transaction {
    func connectionScalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        // Nobody asks the name service about clients: the host is the address.
        case .remoteAddress, .remoteHost, .userAgentAddress: connection.remoteAddress
        case .remotePort: number(connection.remotePort)
        case .serverAddress: connection.serverAddress
        case .serverPort: number(connection.serverPort)
        case .serverName: connection.serverName
        case .uniqueID: connection.uniqueID
        default: nil
        }
    }

    /// From the Authorization field (RFC 9110 section 11.6.2), which nobody has checked yet.
    func authenticationScalar(_ variable: VariableName) -> ByteView? {
        let field = requestHeaders.first("Authorization") ?? .empty
        let end = field.firstIndex(of: ASCII.space) ?? field.count
        if variable == .authType { return field[..<end] }
        // RFC 7617: user and password in base64, a colon between them.
        guard field[..<end].equalsIgnoringASCIICase("Basic") else { return .empty }
        let credentials = Base64Text.decode(field[end...].trimming(while: ASCII.isSpace), in: arena)
        return credentials[..<(credentials.firstIndex(of: ASCII.byte(":")) ?? credentials.count)]
    }
}

/// Credentials as RFC 7617 codes them.
enum Base64Text {
    /// What the digits stand for up to the first byte that is none (RFC 4648 section 4).
    static func decode(_ text: ByteView, in arena: Arena) -> ByteView {
        arena.fill(upTo: text.count) { output in
            var bits: UInt32 = 0
            var bitCount = 0
            for index in text.indices {
                guard let digit = digit(text[index]) else { return }
                bits = bits << 6 | UInt32(digit)
                bitCount += 6
                if bitCount >= 8 {
                    bitCount -= 8
                    output.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
                }
            }
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x41...0x5A: byte - 0x41
        case 0x61...0x7A: byte - 0x61 + 26
        case 0x30...0x39: byte - 0x30 + 52
        case ASCII.byte("+"): 62
        case ASCII.byte("/"): 63
        default: nil
        }
    }
}
