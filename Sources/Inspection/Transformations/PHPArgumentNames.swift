// t:phpArgsNames

internal import Bytes

/// The name under which PHP keeps an argument: blanks in front go, blanks and dots become `_`, a `[`
/// that is never closed too; what stands behind the last index goes.
enum PHPArgumentNames {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        let start = input.firstIndex { $0 != ASCII.space } ?? input.count
        let nameEnd = input.firstIndex(of: ASCII.byte("["), from: start) ?? input.count
        // A name that is all index is no name.
        guard nameEnd > start else { return .empty }
        if start == 0, nameEnd == input.count, input.firstIndex(where: isReplaced) == nil { return input }
        return arena.fill(upTo: input.count - start) { output in
            for index in start..<nameEnd {
                output.append(isReplaced(input[index]) ? ASCII.byte("_") : input[index])
            }
            appendIndices(input, from: nameEnd, to: &output)
        }
    }

    private static func isReplaced(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.byte(".") }

    /// `[a][b]` behind a name.
    private static func appendIndices(_ input: ByteView, from start: Int, to output: inout OutputSpan<UInt8>)
    {
        var index = start
        while index < input.count, input[index] == ASCII.byte("[") {
            var content = index + 1
            if content < input.count, ASCII.isSpace(input[content]) { content += 1 }
            if content < input.count, input[content] == ASCII.byte("]") {
                output.append(ASCII.byte("["))
                output.append(ASCII.byte("]"))
                index = content + 1
            } else if let close = input.firstIndex(of: ASCII.byte("]"), from: content) {
                output.append(input[index..<(close + 1)])
                index = close + 1
            } else {
                // Behind a first index PHP drops what is not closed.
                guard index == start else { return }
                output.append(ASCII.byte("_"))
                output.append(input[(index + 1)...])
                return
            }
        }
    }
}
