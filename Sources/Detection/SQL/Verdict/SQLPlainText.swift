// Running text, the ordinary case, told without a tokenizer.

internal import Bytes

enum SQLPlainText {
    /// Whether `input` is names that no dialect knows, and numbers, with white space between them.
    ///
    /// Folded, that is a row of `n` and `1`: no shape of an attack consists of these alone. One pass that stops
    /// at the first byte or word of another kind.
    static func holds(_ input: ByteView, _ words: borrowing SQLWordTable) -> Bool {
        var index = 0
        while index < input.count {
            let byte = input[index]
            if SQLByteClass.isWhite(byte) {
                index += 1
            } else if ASCII.isDigit(byte) {
                guard let end = endOfNumber(input, from: index) else { return false }
                index = end
            } else if SQLByteClass.endsWord(byte) {
                return false
            } else {
                guard let end = endOfName(input, from: index, words) else { return false }
                index = end
            }
        }
        return true
    }

    /// Where `12` or `12.5` ends; nil when something else than white space follows.
    private static func endOfNumber(_ input: ByteView, from start: Int) -> Int? {
        var end = start
        var dots = 0
        while end < input.count, !SQLByteClass.isWhite(input[end]) {
            if input[end] == ASCII.byte(".") { dots += 1 } else if !ASCII.isDigit(input[end]) { return nil }
            end += 1
        }
        return dots < 2 ? end : nil
    }

    /// nil when the word is of the vocabulary, is divided, or something else than white space follows.
    private static func endOfName(
        _ input: ByteView, from start: Int, _ words: borrowing SQLWordTable
    ) -> Int? {
        var hash = SQLWordHash()
        var end = start
        while end < input.count, !SQLByteClass.isWhite(input[end]) {
            let byte = input[end]
            guard !SQLByteClass.endsWord(byte), byte != ASCII.byte("."), byte != ASCII.byte("`"),
                byte != ASCII.byte("$")
            else { return nil }
            hash.append(ASCII.uppercased(byte))
            end += 1
        }
        return words.find(input, start..<end, hash) == nil ? end : nil
    }
}
