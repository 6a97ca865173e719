// Files that live in memory only: memfd_create(2).

package import Bytes
internal import CLinux
internal import Glibc

package enum MemoryFile {
    /// An empty file without a name in the file system. `name` is only seen in /proc.
    package static func create(name: String, byteCount: Int) throws(SystemError) -> Descriptor {
        let number = unsafe clinux_memfd_create(name, clinux_mfd_cloexec | clinux_mfd_allow_sealing)
        guard number >= 0 else { throw .last("memfd_create") }
        let file = Descriptor(owning: number)
        guard ftruncate(file.number, byteCount) == 0 else { throw .last("ftruncate(memfd)") }
        return file
    }

    /// A file of exactly these bytes that nobody can change, shrink or grow any more.
    package static func sealed(name: String, _ bytes: ByteView) throws(SystemError) -> Descriptor {
        let file = try create(name: name, byteCount: 0)
        var done = 0
        while done < bytes.count {
            let rest = bytes[done...]
            // SAFETY: write reads the view's bytes only.
            let count = unsafe rest.withUnsafeBytes { unsafe write(file.number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last("write(memfd)") }
            done += count
        }
        guard fchmod(file.number, 0o444) == 0 else { throw .last("fchmod(memfd)") }
        try seal(file)
        return file
    }

    /// Forbids writing, resizing and further seals. Fails while a writable mapping exists.
    package static func seal(_ file: borrowing Descriptor) throws(SystemError) {
        let seals = clinux_seal_shrink | clinux_seal_grow | clinux_seal_write | clinux_seal_seal
        guard clinux_add_seals(file.number, seals) == 0 else { throw .last("fcntl(F_ADD_SEALS)") }
    }

    /// Forbids resizing only: memory that several processes write, and none can pull away.
    package static func sealSize(_ file: borrowing Descriptor) throws(SystemError) {
        let seals = clinux_seal_shrink | clinux_seal_grow | clinux_seal_seal
        guard clinux_add_seals(file.number, seals) == 0 else { throw .last("fcntl(F_ADD_SEALS)") }
    }
}
