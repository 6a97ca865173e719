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
        // Tabs are rare: a hit of the test below, which takes them for controls, is looked into.
        guard hasByte(below: 0x20, in: bytes) else { return nil }
        for index in bytes.indices where isControl(bytes[index]) { return bytes[index] }
        return nil
    }

    /// Whether every byte may stand in a target: no blank, no control. Bytes above 0x7F are for
    /// the rules to judge.
    package static func isTarget(_ bytes: ByteView) -> Bool { !hasByte(below: 0x21, in: bytes) }

    package static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != ASCII.tab || byte == 0x7F
    }

    /// Whether there is a byte below `bound`, or a DEL.
    private static func hasByte(below bound: UInt64, in bytes: ByteView) -> Bool {
        let last = bytes.count - 8
        guard last >= 0 else {
            for index in bytes.indices where bytes[index] < bound || bytes[index] == 0x7F {
                return true
            }
            return false
        }
        var index = 0
        while index < last {
            if hasByte(below: bound, in: bytes.loadUInt64(at: index)) { return true }
            index += 8
        }
        // The last word overlaps the one before it.
        return hasByte(below: bound, in: bytes.loadUInt64(at: last))
    }

    private static func hasByte(below bound: UInt64, in word: UInt64) -> Bool {
        let sevenBits = word & low
        let atLeastBound = sevenBits &+ (0x80 - bound) &* ones
        let isDelete = (sevenBits &+ ones) & ~word
        return (~(atLeastBound | word) | isDelete) & high != 0
    }
}
