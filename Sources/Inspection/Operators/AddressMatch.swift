// @ipMatch

internal import Automata
internal import Bytes

/// Whether the value is an address of the list; text that is no address is not.
enum AddressMatch {
    static func matches(_ program: AddressProgram, _ value: ByteView) -> Bool {
        guard let address = IPAddress(value) else { return false }
        return program.contains(address)
    }
}
