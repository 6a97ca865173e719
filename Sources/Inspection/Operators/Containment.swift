// @contains

internal import Bytes

/// Whether the argument stands in the value; an empty one always does.
enum Containment {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        argument.isEmpty || value.firstRange(of: argument) != nil
    }
}
