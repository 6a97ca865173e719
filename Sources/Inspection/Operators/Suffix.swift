// @endsWith

internal import Bytes

/// Whether the value ends with the argument.
enum Suffix {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool { value.hasSuffix(argument) }
}
