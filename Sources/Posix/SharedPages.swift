// Pages of a memory file that several processes have mapped.

internal import CLinux
internal import Glibc

/// A shared mapping of a part of a memory file, unmapped when the value goes out of scope.
@safe package struct SharedPages: ~Copyable {
    package enum Access: Sendable { case read, readAndWrite }

    /// Invariants: page-aligned; `byteCount` bytes stay mapped with `access` while self lives; the
    /// file is sealed against shrinking, so no access raises SIGBUS.
    let base: UnsafeMutableRawPointer
    package let byteCount: Int
    package let access: Access

    /// - Parameters:
    ///   - descriptor: Only needed during the call; the mapping outlives it.
    ///   - offsetBytes: A multiple of the page size.
    ///   - byteCount: At least 1; the part must lie within the file.
    /// - Throws: EPERM when the file may still shrink, EOVERFLOW when it ends before the part does.
    package init(
        of descriptor: Int32, offsetBytes: Int, byteCount: Int, access: Access
    ) throws(SystemError) {
        precondition(offsetBytes >= 0 && byteCount > 0, "not a part of a file")
        guard try SealedMemory.seals(of: descriptor).contains(.shrinking) else {
            throw SystemError(call: "mmap of an unsealed file", code: EPERM)
        }
        let (end, overflow) = offsetBytes.addingReportingOverflow(byteCount)
        guard !overflow, end <= (try Self.fileBytes(descriptor)) else {
            throw SystemError(call: "mmap past the end of the file", code: EOVERFLOW)
        }
        let protection = access == .read ? PROT_READ : PROT_READ | PROT_WRITE
        let mapped = unsafe mmap(nil, byteCount, protection, MAP_SHARED, descriptor, offsetBytes)
        guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { throw .last("mmap") }
        unsafe base = mapped
        self.byteCount = byteCount
        self.access = access
    }

    deinit { unsafe _ = munmap(base, byteCount) }

    package static func fileBytes(_ descriptor: Int32) throws(SystemError) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last("fstat") }
        return status.st_size
    }

    /// The unit in which memory is mapped, in bytes.
    package static var pageBytes: Int { sysconf(Int32(_SC_PAGESIZE)) }
}
