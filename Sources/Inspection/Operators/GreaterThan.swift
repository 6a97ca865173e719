// @gt

internal import Bytes

/// Whether the value is greater than the argument, both read as LeadingNumber.
enum GreaterThan {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        LeadingNumber.read(value) > LeadingNumber.read(argument)
    }
}
