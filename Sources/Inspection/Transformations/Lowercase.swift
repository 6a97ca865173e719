// t:lowercase

internal import Bytes

/// ASCII letters in lower case; other bytes stay.
enum Lowercase {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = firstUppercase(input) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            for index in first..<input.count { output.append(ASCII.lowercased(input[index])) }
        }
    }

    private static func firstUppercase(_ input: ByteView) -> Int? {
        let span = input.span
        for index in span.indices where ASCII.isUppercase(span[index]) { return index }
        return nil
    }
}
