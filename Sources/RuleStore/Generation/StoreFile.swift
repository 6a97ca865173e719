// System calls on the store's files and its directory.

internal import Bytes
internal import Glibc
internal import Posix

/// Calls on files that say in their errors which path they failed on.
enum StoreFile {
    static func open(_ path: String, _ flags: Int32) throws(StoreError) -> Descriptor {
        let number = unsafe Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW)
        guard number >= 0 else { throw last("open", path) }
        return Descriptor(owning: number)
    }

    static func byteCount(_ descriptor: Int32, path: String) throws(StoreError) -> Int {
        do throws(SystemError) { return try SharedPages.fileBytes(descriptor) } catch {
            throw .system(error, path: path)
        }
    }

    /// Appends up to `limitBytes` bytes from `offset` on to `buffer`; 0 at the end of the file.
    static func read(
        _ descriptor: Int32, at offset: Int, limitBytes: Int, into buffer: inout ByteBuffer, path: String
    ) throws(StoreError) -> Int {
        var moved = 0
        unsafe buffer.appendUninitialized(upTo: limitBytes) { room in
            repeat {
                moved = unsafe pread(descriptor, room.baseAddress, room.count, offset)
            } while moved < 0 && errno == EINTR
            return max(moved, 0)
        }
        guard moved >= 0 else { throw last("pread", path) }
        return moved
    }

    /// Writes all of `bytes` at `offset`.
    static func write(
        _ descriptor: Int32, _ bytes: ByteView, at offset: Int, path: String
    ) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let moved = unsafe bytes[done...].withUnsafeBytes {
                unsafe pwrite(descriptor, $0.baseAddress, $0.count, offset + done)
            }
            if moved < 0 && errno == EINTR { continue }
            guard moved > 0 else { throw last("pwrite", path) }
            done += moved
        }
    }

    static func setLength(_ descriptor: Int32, _ bytes: Int, path: String) throws(StoreError) {
        guard ftruncate(descriptor, bytes) == 0 else { throw last("ftruncate", path) }
    }

    static func setMode(_ descriptor: Int32, _ mode: UInt32, path: String) throws(StoreError) {
        guard fchmod(descriptor, mode) == 0 else { throw last("fchmod", path) }
    }

    static func sync(_ descriptor: Int32, path: String) throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw last("fsync", path) }
    }

    static func rename(_ path: String, to target: String) throws(StoreError) {
        guard unsafe Glibc.rename(path, target) == 0 else { throw last("rename", path) }
    }

    /// Removes a file; one that is not there is no error.
    static func remove(_ path: String) throws(StoreError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw last("unlink", path) }
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// Makes the directory with mode 0700 unless it is there; its parent must exist.
    static func makeDirectory(_ path: String) throws(StoreError) {
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw last("mkdir", path) }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw last("stat", path) }
        let mode = status.st_mode
        guard mode & S_IFMT == S_IFDIR else { throw .notADirectory(path: path) }
        guard mode & 0o022 == 0 else { throw .directoryNotPrivate(path: path, mode: mode) }
    }

    /// The names in a directory, without order.
    static func names(in path: String) throws(StoreError) -> [String] {
        guard let directory = unsafe opendir(path) else { throw last("opendir", path) }
        defer { unsafe _ = closedir(directory) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(directory) else { break }
            // SAFETY: readdir ends the name with a zero byte within the entry.
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
                unsafe String(cString: $0.baseAddress!.assumingMemoryBound(to: CChar.self))
            }
            names.append(name)
        }
        guard errno == 0 else { throw last("readdir", path) }
        return names
    }

    /// Makes a rename in the directory durable.
    static func syncDirectory(_ path: String) throws(StoreError) {
        let number = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw last("open", path) }
        let directory = Descriptor(owning: number)
        try sync(directory.number, path: path)
    }

    private static func last(_ call: String, _ path: String) -> StoreError {
        .system(.last(call), path: path)
    }
}
