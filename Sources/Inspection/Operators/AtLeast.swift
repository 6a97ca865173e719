// @ge

internal import Bytes

/// Whether the value is at least the argument, both read as LeadingNumber.
enum AtLeast {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        LeadingNumber.read(value) >= LeadingNumber.read(argument)
    }
}
