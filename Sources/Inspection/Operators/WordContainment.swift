// @containsWord

internal import Bytes

/// Whether the argument stands in the value with no letter or `_` next to it; an empty one always does.
///
/// A digit is no part of a word, as in libmodsecurity and its vectors; ModSecurity 2 takes it for one.
enum WordContainment {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        guard !argument.isEmpty else { return true }
        var start = 0
        while let range = value.firstRange(of: argument, from: start) {
            let isFree =
                (range.lowerBound == 0 || !isWord(value[range.lowerBound - 1]))
                && (range.upperBound == value.count || !isWord(value[range.upperBound]))
            if isFree { return true }
            start = range.lowerBound + 1
        }
        return false
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || byte == ASCII.byte("_")
    }
}
