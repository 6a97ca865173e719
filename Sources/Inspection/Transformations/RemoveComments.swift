// t:removeComments

internal import Bytes

/// Takes `/* */` and `<!-- -->` away and all behind `--` and `#`.
///
/// As in ModSecurity 2 the byte behind a comment is kept unseen, a NUL stands for it at the end, and
/// an open comment leaves a blank.
enum RemoveComments {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.indices.first(where: { begins(input, at: $0) }) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var index = first
            while index < input.count {
                guard let opening = opening(input, at: index) else {
                    if begins(input, at: index) { return }
                    output.append(input[index])
                    index += 1
                    continue
                }
                guard let end = end(input, from: index + opening) else {
                    output.append(ASCII.space)
                    return
                }
                output.append(end < input.count ? input[end] : 0)
                index = end + 1
            }
        }
    }

    private static func begins(_ input: ByteView, at index: Int) -> Bool {
        input[index] == ASCII.byte("#") || input.has("-", "-", at: index) || opening(input, at: index) != nil
    }

    /// Length of what opens a comment.
    private static func opening(_ input: ByteView, at index: Int) -> Int? {
        if input.has("/", "*", at: index) { return 2 }
        return input.has("<", "!", at: index) && input.has("-", "-", at: index + 2) ? 4 : nil
    }

    /// Behind what closes a comment of either kind.
    private static func end(_ input: ByteView, from start: Int) -> Int? {
        var index = start
        while index < input.count {
            if input.has("*", "/", at: index) { return index + 2 }
            if input.has("-", "-", at: index), input.has("-", ">", at: index + 1) { return index + 3 }
            index += 1
        }
        return nil
    }
}
