// Looking for forbidden bytes eight at a time: values and targets are most of a head.

package import Bytes

/// Searches for bytes that no field value or target may hold.
///
/// In a word `w` of eight bytes, `(b & 0x7F) + (0x80 - n)` sets a byte's top bit exactly when its
/// low seven bits are at least `n`; no sum leaves its byte.
package enum OctetScan {
    private static var low: UInt64 { 0x7F7F_7F7F_7F7F_7F7F }
    private static var high: UInt64 { 0x8080_8080_8080_8080 }
    private static var ones: UInt64 { 0x0101_0101_0101_0101 }

    /// First control other than tab: 0x00 to 0x1F without 0x09, and 0x7F (RFC 9110 section 5.5).
    package static func firstControl(in bytes: ByteView) -> UInt8? {
        var index = 0
        while index < bytes.count - 7 {
            if hasByte(below: 0x20, orDeleteIn: bytes.loadUInt64(at: index)) {
                for offset in index..<index + 8 where isControl(bytes[offset]) { return bytes[offset] }
            }
            index += 8
        }
        while index < bytes.count {
            if isControl(bytes[index]) { return bytes[index] }
            index += 1
        }
        return nil
    }

    /// Whether every byte may stand in a target: no blank, no control. Bytes above 0x7F are for
    /// the rules to judge.
    package static func isTarget(_ bytes: ByteView) -> Bool {
        var index = 0
        while index < bytes.count - 7 {
            if hasByte(below: 0x21, orDeleteIn: bytes.loadUInt64(at: index)) { return false }
            index += 8
        }
        while index < bytes.count {
            if bytes[index] < 0x21 || bytes[index] == 0x7F { return false }
            index += 1
        }
        return true
    }

    package static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != ASCII.tab || byte == 0x7F
    }

    private static func hasByte(below bound: UInt64, orDeleteIn word: UInt64) -> Bool {
        let sevenBits = word & low
        let atLeastBound = sevenBits &+ (0x80 - bound) &* ones
        let isDelete = (sevenBits &+ ones) & ~word
        return (~(atLeastBound | word) | isDelete) & high != 0
    }
}
