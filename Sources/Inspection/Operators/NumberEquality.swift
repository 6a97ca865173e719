// @eq

internal import Bytes

/// Whether the value is the number of the argument, both read as LeadingNumber.
enum NumberEquality {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        LeadingNumber.read(value) == LeadingNumber.read(argument)
    }
}
