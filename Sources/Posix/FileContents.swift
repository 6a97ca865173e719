// Whole files in and out.

package import Bytes
internal import Glibc

/// Reading and replacing small files. Not for the data path: every call may wait for a disk.
package enum FileContents {
    /// All bytes of a file.
    ///
    /// - Parameter limitBytes: A longer file is refused with EFBIG, before more is read.
    package static func read(_ path: String, limitBytes: Int) throws(SystemError) -> [UInt8] {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw .last("open(\(path))") }
        let file = Descriptor(owning: number)
        var bytes: [UInt8] = []
        while true {
            let count = try readPart(file, into: &bytes, path)
            if count == 0 { return bytes }
            guard bytes.count <= limitBytes else { throw SystemError(call: "read(\(path))", code: EFBIG) }
        }
    }

    /// Replaces a file as a whole: readers see the old bytes or the new ones, also after a crash.
    package static func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(SystemError) {
        let temporary = "\(path).tmp.\(getpid())"
        let number = unsafe open(
            temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
        guard number >= 0 else { throw .last("open(\(temporary))") }
        let file = Descriptor(owning: number)
        do throws(SystemError) {
            try writeAll(file, bytes, temporary)
            guard fsync(number) == 0 else { throw .last("fsync(\(temporary))") }
            guard unsafe rename(temporary, path) == 0 else { throw .last("rename(\(path))") }
        } catch {
            unsafe unlink(temporary)
            throw error
        }
    }

    /// Takes a unix socket out of the file system; anything else at that path stays.
    package static func removeSocket(_ path: String) {
        var status = stat()
        // SAFETY: `status` is a local.
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
        unsafe unlink(path)
    }

    package static func setMode(_ path: String, _ mode: UInt32) throws(SystemError) {
        guard unsafe chmod(path, mode_t(mode)) == 0 else { throw .last("chmod(\(path))") }
    }

    /// Writes all bytes to an open descriptor, waiting where it must.
    ///
    /// - Returns: false when the descriptor took less.
    package static func write(_ bytes: ByteView, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            // SAFETY: write reads the view's bytes only.
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest[count...]
        }
        return true
    }

    /// Writes a line to an open descriptor.
    package static func writeLine(_ text: String, to descriptor: Int32) {
        var line = ByteBuffer()
        line.append(text)
        line.append("\n")
        // A stream that is closed is nothing that could be reported anywhere.
        _ = write(line.view, to: descriptor)
    }

    private static let partBytes = 64 << 10

    private static func readPart(_ file: borrowing Descriptor, into bytes: inout [UInt8], _ path: String)
        throws(SystemError) -> Int
    {
        let number = file.number
        var failure: Int32 = 0
        let part = unsafe [UInt8](unsafeUninitializedCapacity: partBytes) { room, count in
            var got = 0
            // SAFETY: read writes at most `room.count` bytes and says how many.
            repeat {
                got = unsafe Glibc.read(number, room.baseAddress, room.count)
            } while got < 0 && errno == EINTR
            if got < 0 { failure = errno }
            count = max(0, got)
        }
        guard failure == 0 else { throw SystemError(call: "read(\(path))", code: failure) }
        bytes += part
        return part.count
    }

    private static func writeAll(_ file: borrowing Descriptor, _ bytes: [UInt8], _ path: String)
        throws(SystemError)
    {
        let number = file.number
        var done = 0
        while done < bytes.count {
            // SAFETY: `done` stays below the array's count.
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(number, $0.baseAddress! + done, $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last("write(\(path))") }
            done += count
        }
    }
}
