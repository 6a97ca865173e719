// t:uppercase

internal import Bytes

/// ASCII letters in upper case; other bytes stay.
enum Uppercase {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstIndex(where: { ASCII.uppercased($0) != $0 }) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            for index in first..<input.count { output.append(ASCII.uppercased(input[index])) }
        }
    }
}
