// @streq

internal import Bytes

/// Whether the value is the argument, byte for byte.
enum StringEquality {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool { value == argument }
}
