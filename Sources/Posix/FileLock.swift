// A file that one process at a time holds: the pid file, the lock beside the control socket.

internal import Glibc

/// An open file under an exclusive flock(2), let go when the value is.
package struct FileLock: ~Copyable {
    package enum Failure: Error, Equatable, Sendable {
        /// Another process holds it; `owner` is the process number that the file names.
        case held(owner: Int32?)
        case system(SystemError)
    }

    private let descriptor: Descriptor
    private let path: String

    /// Opens or creates the file and locks it without waiting.
    package init(path: String, mode: UInt32 = 0o644) throws(Failure) {
        // A file that its last owner unlinked between our open and our lock is not the one that
        // the next process will open: look again.
        for _ in 0..<FileLock.attempts {
            let number = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(mode))
            guard number >= 0 else { throw .system(.last("open(\(path))")) }
            let opened = Descriptor(owning: number)
            guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
                guard errno == EWOULDBLOCK else { throw .system(.last("flock(\(path))")) }
                throw .held(owner: ProcessNumberFile.read(path))
            }
            var held = stat()
            var named = stat()
            guard unsafe fstat(number, &held) == 0 else { throw .system(.last("fstat(\(path))")) }
            guard unsafe stat(path, &named) == 0, held.st_ino == named.st_ino, held.st_dev == named.st_dev
            else { continue }
            descriptor = opened
            self.path = path
            return
        }
        throw .system(SystemError(call: "flock(\(path))", code: EAGAIN))
    }

    private static let attempts = 16

    /// Replaces what the file holds.
    package borrowing func write(_ text: String) throws(SystemError) {
        guard ftruncate(descriptor.number, 0) == 0 else { throw .last("ftruncate(\(path))") }
        let bytes = Array(text.utf8)
        // SAFETY: pwrite reads `count` bytes of the array.
        let written = unsafe bytes.withUnsafeBytes {
            unsafe pwrite(descriptor.number, $0.baseAddress, $0.count, 0)
        }
        guard written == bytes.count else { throw .last("pwrite(\(path))") }
    }

    /// Removes the file, then lets the lock go, in that order.
    package consuming func remove() { unsafe unlink(path) }
}

/// A file that names a process.
package enum ProcessNumberFile {
    /// The number in the file, nil when there is none.
    package static func read(_ path: String) -> Int32? {
        guard let bytes = try? FileContents.read(path, limitBytes: 64) else { return nil }
        let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard let number = Int32(String(decoding: digits, as: UTF8.self)), number > 0 else { return nil }
        return number
    }
}
