// t:replaceComments

internal import Bytes

/// Each `/* */` becomes one blank, one that is never closed too.
enum ReplaceComments {
    static func apply(_ input: ByteView, in arena: Arena) -> ByteView {
        guard let first = input.firstRange(of: ByteView("/*"))?.lowerBound else { return input }
        return arena.fill(upTo: input.count) { output in
            var index = 0
            var opening: Int? = first
            while let start = opening {
                output.append(input[index..<start])
                output.append(ASCII.space)
                guard let end = input.firstRange(of: ByteView("*/"), from: start + 2)?.upperBound else {
                    return
                }
                index = end
                opening = input.firstRange(of: ByteView("/*"), from: end)?.lowerBound
            }
            output.append(input[index...])
        }
    }
}
