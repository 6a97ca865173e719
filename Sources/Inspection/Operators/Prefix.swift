// @beginsWith

internal import Bytes

/// Whether the value begins with the argument.
enum Prefix {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool { value.hasPrefix(argument) }
}
