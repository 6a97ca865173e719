// t:cmdLine

internal import Bytes

/// Undoes what shells let through: `\ " ' ^` go, commas, semicolons and white space become one
/// blank, none is left before `/` and `(`, letters are lower case.
///
/// NUL is an ordinary byte; ModSecurity 2 ends the value there, which would hide what follows.
enum CommandLine {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = firstChange(input) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var isBlank = first > 0 && input[first - 1] == ASCII.space
            for index in first..<input.count {
                let byte = input[index]
                if isRemoved(byte) { continue }
                if isSeparator(byte) {
                    if !isBlank { output.append(ASCII.space) }
                    isBlank = true
                    continue
                }
                if isBlank, isFence(byte) { output.removeLast(1) }
                isBlank = false
                output.append(ASCII.lowercased(byte))
            }
        }
    }

    private static func firstChange(_ input: ByteView) -> Int? {
        var isBlank = false
        for index in input.indices {
            let byte = input[index]
            if isRemoved(byte) || ASCII.isUppercase(byte) { return index }
            if isSeparator(byte) {
                if isBlank || byte != ASCII.space { return index }
                isBlank = true
            } else {
                if isBlank, isFence(byte) { return index }
                isBlank = false
            }
        }
        return nil
    }

    private static func isRemoved(_ byte: UInt8) -> Bool {
        byte == ASCII.byte("\"") || byte == ASCII.byte("'") || byte == ASCII.byte("\\")
            || byte == ASCII.byte("^")
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case ASCII.space, ASCII.tab, ASCII.carriageReturn, ASCII.lineFeed: true
        case ASCII.byte(","), ASCII.byte(";"): true
        default: false
        }
    }

    private static func isFence(_ byte: UInt8) -> Bool {
        byte == ASCII.byte("/") || byte == ASCII.byte("(")
    }
}
