// @strmatch

internal import Bytes

/// Whether the argument, its `|41 42|` decoded when the rule was compiled, stands in the value.
enum StringMatch {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        Containment.matches(value, argument)
    }
}
