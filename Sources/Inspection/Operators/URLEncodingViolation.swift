// @validateUrlEncoding

internal import Bytes

/// Whether the value has a `%` without two hexadecimal digits behind it.
enum URLEncodingViolation {
    static func matches(_ value: ByteView) -> Bool {
        var start = 0
        while let index = value.firstIndex(of: ASCII.byte("%"), from: start) {
            guard URLDecode.pair(value, at: index + 1) != nil else { return true }
            start = index + 3
        }
        return false
    }
}
