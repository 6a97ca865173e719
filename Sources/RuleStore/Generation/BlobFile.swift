// A file of one value that outlives its writer: state that is kept over a restart. The same kind of
// LMDB file as a generation, with the same trailer, but of a version of its own.

internal import Bytes
internal import Glibc
internal import Posix

package enum BlobFile {
    private static let key = "value"

    /// Writes a file and makes it durable: beside the one that is there, which it then replaces.
    ///
    /// - Parameter version: Of what the bytes mean.
    package static func write(_ bytes: [UInt8], to path: String, version: UInt32) throws(StoreError) {
        let temporaryPath = path + ".tmp"
        try StoreFile.remove(temporaryPath)
        do throws(StoreError) {
            var builder = StoreFileBuilder(generation: 0)
            builder.engineVersion = version
            builder.entries = [StoreFileBuilder.Entry(key: key, bytes: bytes, isAligned: false)]
            try builder.write(to: temporaryPath)
            try StoreFile.rename(temporaryPath, to: path)
        } catch {
            // If this fails too, the next write clears the rest: the first error tells.
            unsafe _ = unlink(temporaryPath)
            throw error
        }
        if let slash = path.lastIndex(of: "/") { try StoreFile.syncDirectory(String(path[..<slash])) }
    }

    /// The bytes of a file; nil when there is none. LMDB sees no byte of a file whose digest does not fit.
    package static func read(_ path: String, version: UInt32, limitBytes: Int) throws(StoreError) -> [UInt8]? {
        guard StoreFile.exists(path) else { return nil }
        let file = try StoreFile.open(path, O_RDONLY)
        let fileBytes = try StoreFile.byteCount(file.number, path: path)
        guard fileBytes <= limitBytes else { throw .fileTooLong(bytes: fileBytes, limitBytes: limitBytes) }
        guard fileBytes >= StoreTrailer.byteCount else { throw .notLMDB(fileBytes: fileBytes) }
        let coveredBytes = fileBytes - StoreTrailer.byteCount + StoreTrailer.coveredBytes
        var head = ByteBuffer()
        var tail = ByteBuffer()
        let bytes = StoreTrailer.byteCount
        _ = try StoreFile.read(file.number, at: 0, limitBytes: bytes, into: &head, path: path)
        _ = try StoreFile.read(
            file.number, at: fileBytes - bytes, limitBytes: bytes, into: &tail, path: path)
        let (_, expected) = try StoreTrailer.parse(
            tail.view, head: head.view, fileBytes: fileBytes, engineVersion: version)
        var digester = try FileDigester(coveredBytes: coveredBytes)
        while try !digester.step(file.number, maxBytes: FileDigester.pieceBytes, path: path) {}
        guard try digester.finish() == expected else { throw .fileDamaged }
        let reader = try LMDBReader(
            path: "/proc/self/fd/\(file.number)", fileBytes: fileBytes - StoreTrailer.byteCount)
        guard let value = try reader.value(forKey: key) else { throw .missingBlob(key: key) }
        var copy: [UInt8] = []
        copy.reserveCapacity(value.count)
        for index in value.indices { copy.append(value[index]) }
        return copy
    }
}
