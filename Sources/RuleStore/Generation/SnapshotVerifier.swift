// Checks a generation's file in slices, so that a worker serves its connections meanwhile.
//
//     trailer --> digest over the file --> LMDB opens it, meta --> digest of each blob --> done
//     (init)      (bounded slices)         (one slice)             (bounded slices)
//
// LMDB sees no byte of a file whose digest does not fit.

internal import Bytes
internal import Posix

/// A file under examination. When ``step(maxBytes:)`` has returned true, ``Snapshot`` takes it over.
package struct SnapshotVerifier: ~Copyable {
    private enum Phase {
        case digestingFile
        case openingPages
        case digestingBlob(index: Int, doneBytes: Int)
        case verified
        case refused(StoreError)
    }

    private var phase = Phase.digestingFile
    private let file: Descriptor
    private let path: String
    private let fileBytes: Int
    private let trailer: StoreTrailer
    private let expectedDigest: SHA256Digest
    private var fileDigester: FileDigester
    private var blobHash: SHA256
    /// Set once the pages are open.
    private(set) var reader: LMDBReader?
    private(set) var meta: GenerationMeta?
    /// In the order of `meta.blobs`; in place in `reader`'s map.
    private(set) var blobs: [ByteView] = []

    /// Reads and checks the trailer.
    ///
    /// - Parameter descriptor: Stays the caller's, who may close it at once.
    package init(descriptor: Int32) throws(StoreError) {
        let path = "/proc/self/fd/\(descriptor)"
        let fileBytes = try StoreFile.byteCount(descriptor, path: path)
        let (trailer, expectedDigest) = try Self.readTrailer(descriptor, fileBytes: fileBytes, path: path)
        let covered = fileBytes - StoreTrailer.byteCount + StoreTrailer.coveredBytes
        let fileDigester = try FileDigester(coveredBytes: covered)
        let blobHash = try SHA256()
        let file: Descriptor
        do throws(SystemError) { file = try Descriptor.duplicate(of: descriptor) } catch {
            throw .system(error, path: path)
        }
        self.path = path
        self.fileBytes = fileBytes
        self.trailer = trailer
        self.expectedDigest = expectedDigest
        self.fileDigester = fileDigester
        self.blobHash = blobHash
        self.file = file
    }

    private static func readTrailer(
        _ descriptor: Int32, fileBytes: Int, path: String
    ) throws(StoreError) -> (StoreTrailer, SHA256Digest) {
        guard fileBytes <= GenerationLimits.standard.maxFileBytes else {
            throw .fileTooLong(bytes: fileBytes, limitBytes: GenerationLimits.standard.maxFileBytes)
        }
        guard fileBytes >= StoreTrailer.byteCount else { throw .notLMDB(fileBytes: fileBytes) }
        var head = ByteBuffer()
        var tail = ByteBuffer()
        let bytes = StoreTrailer.byteCount
        _ = try StoreFile.read(descriptor, at: 0, limitBytes: bytes, into: &head, path: path)
        _ = try StoreFile.read(
            descriptor, at: fileBytes - bytes, limitBytes: bytes, into: &tail, path: path)
        return try StoreTrailer.parse(tail.view, head: head.view, fileBytes: fileBytes)
    }

    /// Goes on with the examination.
    ///
    /// - Parameter maxBytes: At least 1; bounds what is digested in this call.
    /// - Returns: true when the generation is verified whole.
    /// - Throws: Why it is refused; every further call throws the same.
    package mutating func step(maxBytes: Int) throws(StoreError) -> Bool {
        do throws(StoreError) {
            switch phase {
            case .digestingFile:
                if try fileDigester.step(file.number, maxBytes: maxBytes, path: path) {
                    guard try fileDigester.finish() == expectedDigest else { throw .fileDamaged }
                    phase = .openingPages
                }
                return false
            case .openingPages:
                try openPages()
                phase = .digestingBlob(index: 0, doneBytes: 0)
                return false
            case .digestingBlob(let index, let doneBytes):
                phase = try digestBlob(index, from: doneBytes, maxBytes: maxBytes)
                if case .verified = phase { return true }
                return false
            case .verified: return true
            case .refused(let error): throw error
            }
        } catch {
            phase = .refused(error)
            throw error
        }
    }

    private mutating func openPages() throws(StoreError) {
        let reader = try LMDBReader(
            path: "/proc/self/fd/\(file.number)", fileBytes: fileBytes - StoreTrailer.byteCount)
        guard let bytes = try reader.value(forKey: StoreFormat.metaKey) else {
            throw .missingBlob(key: StoreFormat.metaKey)
        }
        let meta = try GenerationMeta(decoding: bytes)
        guard meta.formatVersion == trailer.formatVersion, meta.engineVersion == trailer.engineVersion,
            meta.generation == trailer.generation
        else { throw .malformedMeta(reason: "it contradicts the trailer") }
        blobs.reserveCapacity(meta.blobs.count)
        for blob in meta.blobs {
            guard let value = try reader.value(forKey: blob.key) else { throw .missingBlob(key: blob.key) }
            blobs.append(try Self.blob(blob, in: value))
        }
        self.reader = consume reader
        self.meta = meta
    }

    /// The blob inside a padded value.
    private static func blob(
        _ blob: GenerationMeta.Blob, in value: ByteView
    ) throws(StoreError) -> ByteView {
        let room = value.count - StoreFormat.leadingPadBytes
        guard room >= 0, blob.byteCount <= UInt64(room) else {
            throw .wrongBlobLength(key: blob.key, found: max(room, 0), recorded: blob.byteCount)
        }
        let bytes = value[StoreFormat.leadingPadBytes..<StoreFormat.leadingPadBytes + Int(blob.byteCount)]
        let address = unsafe bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        guard address % UInt(StoreFormat.blobAlignment) == 0 else { throw .blobUnaligned(key: blob.key) }
        return bytes
    }

    private mutating func digestBlob(
        _ index: Int, from doneBytes: Int, maxBytes: Int
    ) throws(StoreError) -> Phase {
        precondition(maxBytes > 0, "a slice has at least one byte")
        let bytes = blobs[index]
        let end = min(bytes.count, doneBytes + maxBytes)
        try blobHash.update(bytes[doneBytes..<end])
        guard end == bytes.count else { return .digestingBlob(index: index, doneBytes: end) }
        let expected = meta!.blobs[index]
        guard try blobHash.finish() == expected.digest else { throw .blobDamaged(key: expected.key) }
        return index + 1 == blobs.count ? .verified : .digestingBlob(index: index + 1, doneBytes: 0)
    }

    /// Gives up the map, which then belongs to a snapshot.
    consuming func takeReader() -> LMDBReader {
        guard case .verified = phase, let reader else {
            preconditionFailure("only a verified file becomes a snapshot")
        }
        return reader
    }
}
