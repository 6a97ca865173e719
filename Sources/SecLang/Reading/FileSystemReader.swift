// Rule files of the file system: the one place of this target that calls C.

internal import Glibc

/// Reads regular files and expands patterns with glob(3).
package struct FileSystemReader: RuleFileReader, Sendable {
    package init() {}

    package func read(_ path: String) -> [UInt8]? { read(path, limitBytes: RuleTextLimits.fileBytes) }

    package func readDatabase(_ path: String) -> [UInt8]? {
        read(path, limitBytes: RuleTextLimits.databaseBytes)
    }

    private func read(_ path: String, limitBytes: Int) -> [UInt8]? {
        // A FIFO named by mistake must not hold up the load: O_NONBLOCK, then the kind is checked.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= limitBytes
        else { return nil }
        return Self.readAll(descriptor, expecting: Int(status.st_size), limitBytes: limitBytes)
    }

    /// - Returns: nil on an error and when the file has grown past the limit meanwhile.
    private static func readAll(_ descriptor: CInt, expecting size: Int, limitBytes: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + 1)
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                // SAFETY: the kernel writes at most `count` bytes into the array's own storage.
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            bytes.append(contentsOf: chunk[..<count])
            if bytes.count > limitBytes { return nil }
        }
    }

    package func glob(_ pattern: String) -> [String] {
        // SAFETY: glob fills `matches` with `gl_pathc` C strings that live until globfree.
        var matches = unsafe glob_t()
        defer { unsafe globfree(&matches) }
        guard unsafe Glibc.glob(pattern, GLOB_NOSORT, nil, &matches) == 0 else { return [] }
        var paths: [String] = []
        for index in 0..<Int(unsafe matches.gl_pathc) {
            if let path = unsafe matches.gl_pathv[index] { unsafe paths.append(String(cString: path)) }
        }
        return paths
    }
}
