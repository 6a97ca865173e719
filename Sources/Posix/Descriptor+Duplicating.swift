// Copies of descriptors that somebody else owns.

internal import CLinux
internal import Glibc

extension Descriptor {
    /// A close-on-exec copy of a descriptor that stays its owner's.
    package static func duplicate(of number: Int32) throws(SystemError) -> Descriptor {
        let copy = clinux_fcntl_int(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw .last("fcntl(F_DUPFD_CLOEXEC)") }
        return Descriptor(owning: copy)
    }
}
