// TX as a handshake left it, for the messages that follow.

internal import Bytes

/// Names and values of TX with all scores at 0. Owns its bytes; handshakes that end alike share one.
package final class TransactionSnapshot {
    /// Name, value, name, value, ...; each behind its length as a 32-bit word.
    private let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    func equals(_ other: [UInt8]) -> Bool { bytes == other }

    var byteCount: Int { bytes.count }

    /// Puts the members into `tx`, their bytes into `arena`.
    func restore(to tx: inout TransactionVariables, in arena: Arena) {
        let text = arena.fill(upTo: bytes.count) { output in
            for byte in bytes { output.append(byte) }
        }
        var offset = 0
        while offset < text.count {
            let name = Self.field(text, at: &offset)
            let value = Self.field(text, at: &offset)
            // There were no more members when the snapshot was made.
            _ = tx.set(name, to: value, limit: .max)
        }
    }

    private static func field(_ text: ByteView, at offset: inout Int) -> ByteView {
        let start = offset + 4
        offset = start + Int(text.loadUInt32(at: offset))
        return text[start..<offset]
    }

    static func append(_ field: ByteView, to bytes: inout [UInt8]) {
        let count = UInt32(truncatingIfNeeded: field.count)
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: count >> shift))
        }
        for index in field.indices { bytes.append(field[index]) }
    }
}
