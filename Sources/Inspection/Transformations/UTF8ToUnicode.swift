// t:utf8toUnicode

internal import Bytes

/// Each UTF-8 sequence of two to four bytes becomes `%uHHHH`, with more digits where they are needed.
///
/// What is not UTF-8 comes out as in both ModSecurity engines: a first byte without its rest and NUL
/// are left out, stray bytes stay, behind overlong forms and surrogates the first byte is repeated.
enum UTF8ToUnicode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(where: { $0 == 0 || $0 >= 0x80 }) else { return input }
        // Two bytes become seven at most, those of an overlong form.
        var room = input.count
        for index in first..<input.count where input[index] >= 0x80 { room += 3 }
        return arena.fill(upTo: TransformationLimits.room(for: room)) { output in
            output.append(input[..<min(first, output.freeCapacity)])
            var index = first
            while index < input.count {
                guard output.freeCapacity >= TransformationLimits.longestStep || output.capacity == room
                else { return }
                index += step(input, at: index, &output)
            }
        }
    }

    /// Appends what becomes of the bytes at `index`: at most `F5`, `%u`, six digits and a repeated byte.
    /// - Returns: How many bytes were taken.
    private static func step(_ input: ByteView, at index: Int, _ output: inout OutputSpan<UInt8>) -> Int {
        let lead = input[index]
        let width = width(lead)
        guard width > 1 else {
            if lead != 0 { output.append(lead) }
            return 1
        }
        if lead >= 0xF5 { output.append(lead) }
        guard let scalar = scalar(input, at: index, lead: lead, width: width) else { return 1 }
        append(scalar, &output)
        let lowest: UInt32 = width == 2 ? 0x80 : width == 3 ? 0x800 : 0x1_0000
        if scalar < lowest || 0xD800...0xDFFF ~= scalar { output.append(lead) }
        return width
    }

    /// Bytes of a sequence by its first one; 1 for ASCII and what can not be a first byte.
    private static func width(_ lead: UInt8) -> Int {
        switch lead {
        case 0xC0...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF7: 4
        default: 1
        }
    }

    private static func scalar(_ input: ByteView, at index: Int, lead: UInt8, width: Int) -> UInt32? {
        guard index + width <= input.count else { return nil }
        var scalar = UInt32(lead & (0xFF >> UInt8(width + 1)))
        for offset in 1..<width {
            let byte = input[index + offset]
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        return scalar
    }

    private static func append(_ scalar: UInt32, _ output: inout OutputSpan<UInt8>) {
        output.append(ASCII.byte("%"))
        output.append(ASCII.byte("u"))
        var shift: UInt32 = scalar > 0xF_FFFF ? 20 : scalar > 0xFFFF ? 16 : 12
        while true {
            let digit = UInt8(truncatingIfNeeded: scalar >> shift & 0x0F)
            output.append(digit < 10 ? digit + 0x30 : digit + 0x57)
            if shift == 0 { return }
            shift -= 4
        }
    }
}
