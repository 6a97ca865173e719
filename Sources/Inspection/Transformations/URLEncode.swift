// t:urlEncode

internal import Bytes

/// Blanks become `+`, all but letters, digits and `*` become `%hh`.
enum URLEncode {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(where: { !isKept($0) }) else { return input }
        var room = input.count
        for index in first..<input.count where isEscaped(input[index]) { room += 2 }
        return arena.fill(upTo: TransformationLimits.room(for: room)) { output in
            for index in input.indices {
                guard output.freeCapacity >= 3 || output.capacity == room else { return }
                let byte = input[index]
                if isEscaped(byte) {
                    output.append(ASCII.byte("%"))
                    output.appendHexadecimal(byte)
                } else {
                    output.append(byte == ASCII.space ? ASCII.byte("+") : byte)
                }
            }
        }
    }

    private static func isKept(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.byte("*")
    }

    private static func isEscaped(_ byte: UInt8) -> Bool { !isKept(byte) && byte != ASCII.space }
}
