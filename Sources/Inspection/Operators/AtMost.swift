// @le

internal import Bytes

/// Whether the value is at most the argument, both read as LeadingNumber.
enum AtMost {
    static func matches(_ value: ByteView, _ argument: ByteView) -> Bool {
        LeadingNumber.read(value) <= LeadingNumber.read(argument)
    }
}
