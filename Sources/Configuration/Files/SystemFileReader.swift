// The file system as a source of configuration text: open(2), read(2), glob(3).

internal import Glibc

/// Reads real files.
package struct SystemFileReader: FileReader {
    /// Reading stops one byte behind this, so that a device without end is found too long.
    private let limitBytes: Int

    package init() { limitBytes = ConfigurationLimits.fileBytes }

    init(limitBytes: Int) { self.limitBytes = limitBytes }

    package func read(_ path: String) -> [UInt8]? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        let chunkBytes = 64 << 10
        while bytes.count <= limitBytes {
            var failed = false
            let wanted = min(chunkBytes, limitBytes + 1 - bytes.count)
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { room, count in
                // SAFETY: `room` has `wanted` bytes; those that read(2) filled are initialised.
                var got = unsafe Glibc.read(file, room.baseAddress, wanted)
                while got < 0, errno == EINTR { got = unsafe Glibc.read(file, room.baseAddress, wanted) }
                failed = got < 0
                count = max(got, 0)
            }
            if failed { return nil }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return bytes
    }

    package func glob(_ pattern: String) -> [String] {
        var found = unsafe glob_t()
        // SAFETY: `found` is filled by glob(3), which owns its paths until globfree(3); they are
        // zero-terminated and copied before that.
        defer { unsafe globfree(&found) }
        guard unsafe Glibc.glob(pattern, 0, nil, &found) == 0 else { return [] }
        return unsafe (0..<Int(found.gl_pathc)).compactMap { index in
            guard let path = unsafe found.gl_pathv[index] else { return nil }
            return unsafe String(validatingCString: path)
        }
    }
}
