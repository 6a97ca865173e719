// Whole lines to a file, a pipe or a terminal.

package import Bytes
internal import Glibc

package enum LineOutput {
    /// Opens a file for appending, made with mode 0640 if absent.
    ///
    /// With O_APPEND each write lands whole behind the last one, whoever made that: processes share
    /// the file without a lock.
    package static func open(_ path: String) throws(SystemError) -> Descriptor {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY
        let number = unsafe Glibc.open(path, flags, 0o640)
        guard number >= 0 else { throw .last("open \(path)") }
        return Descriptor(owning: number)
    }

    /// One write(2) of `bytes`, which must not be empty; begun again only if a signal came first.
    ///
    /// - Returns: What was moved can be less than all: the rest must not follow in a second write, as
    ///   another process may have written between.
    package static func write(_ descriptor: Int32, _ bytes: ByteView) -> TransferResult {
        unsafe bytes.withUnsafeBytes { source in
            while true {
                let count = unsafe Glibc.write(descriptor, source.baseAddress, source.count)
                if count >= 0 { return .moved(count) }
                switch errno {
                case EINTR: continue
                case EAGAIN: return .wouldBlock
                default: return .failed(errno)
                }
            }
        }
    }
}
