// t:htmlEntityDecode

internal import Bytes

/// Numeric references and quot, amp, lt, gt, nbsp, with or without the semicolon.
///
/// A reference above 255 leaves its low byte, one beyond 64 bits 0xFF, as in ModSecurity 2.
enum HTMLEntityDecode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(of: ASCII.byte("&")) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var index = first
            while index < input.count {
                guard input[index] == ASCII.byte("&"), let entity = entity(input, at: index + 1) else {
                    output.append(input[index])
                    index += 1
                    continue
                }
                output.append(entity.byte)
                index = entity.end
                if index < input.count, input[index] == ASCII.byte(";") { index += 1 }
            }
        }
    }

    private struct Entity {
        var byte: UInt8
        var end: Int
    }

    /// What stands behind an `&`.
    private static func entity(_ input: ByteView, at start: Int) -> Entity? {
        guard start < input.count else { return nil }
        if input[start] != ASCII.byte("#") { return named(input, at: start) }
        if start + 1 < input.count, input[start + 1] | 0x20 == ASCII.byte("x") {
            return number(input, at: start + 2, radix: 16)
        }
        return number(input, at: start + 1, radix: 10)
    }

    private static func number(_ input: ByteView, at start: Int, radix: UInt64) -> Entity? {
        var end = start
        var value: UInt64 = 0
        var hasOverflown = false
        while end < input.count, let digit = ASCII.hexValue(input[end]), UInt64(digit) < radix {
            let (product, overflow) = value.multipliedReportingOverflow(by: radix)
            hasOverflown = hasOverflown || overflow || product > UInt64(Int64.max) - UInt64(digit)
            if !hasOverflown { value = product + UInt64(digit) }
            end += 1
        }
        guard end > start else { return nil }
        return Entity(byte: hasOverflown ? 0xFF : UInt8(truncatingIfNeeded: value), end: end)
    }

    private static func named(_ input: ByteView, at start: Int) -> Entity? {
        var end = start
        while end < input.count, ASCII.isLetter(input[end]) || ASCII.isDigit(input[end]) { end += 1 }
        let name = input[start..<end]
        let byte: UInt8
        if name.equalsIgnoringASCIICase("quot") {
            byte = 0x22
        } else if name.equalsIgnoringASCIICase("amp") {
            byte = 0x26
        } else if name.equalsIgnoringASCIICase("lt") {
            byte = 0x3C
        } else if name.equalsIgnoringASCIICase("gt") {
            byte = 0x3E
        } else if name.equalsIgnoringASCIICase("nbsp") {
            byte = 0xA0
        } else {
            return nil
        }
        return Entity(byte: byte, end: end)
    }
}
