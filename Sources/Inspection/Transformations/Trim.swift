// t:trim, t:trimLeft, t:trimRight

internal import Bytes

/// Takes white space off the ends. The result is a part of the input.
enum Trim {
    static func both(_ input: ByteView) -> ByteView { right(left(input)) }

    static func left(_ input: ByteView) -> ByteView {
        let start = input.firstIndex { !ASCII.isSpace($0) } ?? input.count
        return start == 0 ? input : input[start...]
    }

    static func right(_ input: ByteView) -> ByteView {
        var end = input.count
        while end > 0, ASCII.isSpace(input[end - 1]) { end -= 1 }
        return input[..<end]
    }
}
