// Memory behind a descriptor, shared between processes without a file system: memfd_create(2).

internal import CLinux
internal import Glibc

/// Anonymous files in memory and the seals that bound what their holders may do.
package enum SealedMemory {
    /// What nobody may do any more, whatever access the descriptor gives (fcntl(2), F_ADD_SEALS).
    package struct Seals: OptionSet, Sendable {
        package let rawValue: Int32
        package init(rawValue: Int32) { self.rawValue = rawValue }

        package static var shrinking: Seals { Seals(rawValue: clinux_seal_shrink) }
        package static var growing: Seals { Seals(rawValue: clinux_seal_grow) }
        package static var writing: Seals { Seals(rawValue: clinux_seal_write) }
        package static var furtherSeals: Seals { Seals(rawValue: clinux_seal_seal) }
        /// Nobody can cut the file short, so reading its map never raises SIGBUS.
        package static var fixedSize: Seals { [.shrinking, .growing] }
        /// The bytes will never change again.
        package static var immutable: Seals { [.shrinking, .growing, .writing, .furtherSeals] }
    }

    /// An empty file. The kernel gives it mode 0777: set another before the descriptor is given away.
    ///
    /// - Parameter name: Shown in /proc/PID/maps; need not be unique.
    package static func create(name: String) throws(SystemError) -> Descriptor {
        let flags = clinux_mfd_cloexec | clinux_mfd_allow_sealing
        let number = unsafe clinux_memfd_create(name, flags)
        guard number >= 0 else { throw .last("memfd_create") }
        return Descriptor(owning: number)
    }

    package static func seal(_ descriptor: Int32, _ seals: Seals) throws(SystemError) {
        guard clinux_add_seals(descriptor, seals.rawValue) == 0 else {
            throw .last("fcntl(F_ADD_SEALS)")
        }
    }

    /// - Throws: EINVAL when the descriptor is not a memory file.
    package static func seals(of descriptor: Int32) throws(SystemError) -> Seals {
        let seals = clinux_get_seals(descriptor)
        guard seals >= 0 else { throw .last("fcntl(F_GET_SEALS)") }
        return Seals(rawValue: seals)
    }
}
