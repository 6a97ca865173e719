// t:removeCommentsChar

internal import Bytes

/// Takes the marks of comments away and leaves their text: `/*`, `*/`, `<!--`, `-->`, `--`, `#`.
enum RemoveCommentsCharacters {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.indices.first(where: { mark(input, at: $0) > 0 }) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var index = first
            while index < input.count {
                let length = mark(input, at: index)
                if length == 0 { output.append(input[index]) }
                index += max(length, 1)
            }
        }
    }

    /// Length of the mark at `index`, 0 where there is none.
    private static func mark(_ input: ByteView, at index: Int) -> Int {
        switch input[index] {
        case ASCII.byte("#"): 1
        case ASCII.byte("/"): input.has("/", "*", at: index) ? 2 : 0
        case ASCII.byte("*"): input.has("*", "/", at: index) ? 2 : 0
        case ASCII.byte("<"): input.has("<", "!", at: index) && input.has("-", "-", at: index + 2) ? 4 : 0
        case ASCII.byte("-"):
            if input.has("-", "-", at: index) { input.has("-", ">", at: index + 1) ? 3 : 2 } else { 0 }
        default: 0
        }
    }
}
