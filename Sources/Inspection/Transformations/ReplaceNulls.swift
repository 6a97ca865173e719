// t:replaceNulls

internal import Bytes

/// Each NUL byte becomes a blank.
enum ReplaceNulls {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(of: 0) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            for index in first..<input.count {
                output.append(input[index] == 0 ? ASCII.space : input[index])
            }
        }
    }
}
