// The bytes of messages: a tag byte, then fixed fields, little endian, lengths before text.
// Both ends are the same binary, so there is no version; damage is still an error, never a trap.

package import Bytes

/// A message that can be turned into bytes and back.
package protocol ChannelMessage: Sendable {
    /// Descriptors that must come with it.
    var descriptorCount: Int { get }
    func encode(into buffer: inout ByteBuffer) throws(ChannelError)
    init(decoding reader: inout ChannelReader) throws(ChannelError)
}

/// Reads fields from the front of a message; every length is checked before it is used.
package struct ChannelReader {
    private let bytes: ByteView
    private var offset = 0

    package init(_ bytes: ByteView) { self.bytes = bytes }

    package mutating func byte() throws(ChannelError) -> UInt8 { bytes[try advance(1)] }
    package mutating func uint16() throws(ChannelError) -> UInt16 { bytes.loadUInt16(at: try advance(2)) }
    package mutating func uint32() throws(ChannelError) -> UInt32 { bytes.loadUInt32(at: try advance(4)) }
    package mutating func uint64() throws(ChannelError) -> UInt64 { bytes.loadUInt64(at: try advance(8)) }

    /// A presence byte, then the number when it is 1.
    package mutating func optionalUInt32() throws(ChannelError) -> UInt32? {
        switch try byte() {
        case 0: return nil
        case 1: return try uint32()
        case let other: throw .malformed("presence byte \(other)")
        }
    }

    /// A 16-bit length, then UTF-8.
    package mutating func text(limitBytes: Int) throws(ChannelError) -> String {
        let count = Int(try uint16())
        guard count <= limitBytes else { throw .tooLong("text of \(count) bytes, limit \(limitBytes)") }
        let start = try advance(count)
        let part = bytes[start..<start + count]
        guard let text = String(validating: part.indices.map { part[$0] }, as: UTF8.self) else {
            throw .malformed("text that is not UTF-8")
        }
        return text
    }

    /// Nothing may follow the last field.
    package func finish() throws(ChannelError) {
        guard offset == bytes.count else { throw .malformed("\(bytes.count - offset) bytes too many") }
    }

    private mutating func advance(_ count: Int) throws(ChannelError) -> Int {
        guard bytes.count - offset >= count else { throw .malformed("cut short") }
        defer { offset += count }
        return offset
    }
}

extension ByteBuffer {
    mutating func append(optional number: UInt32?) {
        append(number == nil ? 0 : 1)
        if let number { append(littleEndian: number) }
    }

    mutating func append(text: String, limitBytes: Int) throws(ChannelError) {
        let count = text.utf8.count
        guard count <= limitBytes, count <= UInt16.max else {
            throw .tooLong("text of \(count) bytes, limit \(limitBytes)")
        }
        append(littleEndian: UInt16(count))
        append(text)
    }
}
