// t:removeNulls

internal import Bytes

/// Takes NUL bytes away.
enum RemoveNulls {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(of: 0) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            for index in first..<input.count where input[index] != 0 { output.append(input[index]) }
        }
    }
}
