// @within

internal import Bytes

/// Whether the value stands in the argument; an empty one always does.
enum Within {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        value.isEmpty || argument.firstRange(of: value) != nil
    }
}
