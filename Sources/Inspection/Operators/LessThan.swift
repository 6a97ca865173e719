// @lt

internal import Bytes

/// Whether the value is less than the argument, both read as LeadingNumber.
enum LessThan {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        LeadingNumber.read(value) < LeadingNumber.read(argument)
    }
}
