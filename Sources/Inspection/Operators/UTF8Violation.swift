// @validateUtf8Encoding

internal import Bytes

/// Whether the value is no UTF-8: overlong forms, surrogates, numbers above U+10FFFF, cut sequences.
enum UTF8Violation {
    static func matches(_ value: ByteView) -> Bool { !UTF8Validator.isValid(value) }
}
