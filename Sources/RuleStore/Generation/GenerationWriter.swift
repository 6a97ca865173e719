// Publishes a generation: a new file, complete and checked before it has its name.

internal import Bytes
internal import Glibc
internal import Posix

package enum GenerationWriter {
    /// Writes a generation's file and makes it durable.
    ///
    /// The file is written under another name, synced, read back and checked as a worker does it,
    /// and then renamed: whatever has the name `rules-<generation>.mdb` is whole.
    ///
    /// - Parameters:
    ///   - directory: Made with mode 0700 if absent; its parent must exist.
    ///   - generation: Must not be there yet.
    /// - Returns: The path of the file.
    package static func write(
        _ contents: GenerationContents, toDirectory directory: String, generation: UInt64,
        limits: GenerationLimits = .standard
    ) throws(StoreError) -> String {
        try check(contents, limits)
        let directory = try GenerationDirectory(path: directory)
        let path = directory.filePath(of: generation)
        guard !StoreFile.exists(path) else { throw .generationExists(generation) }
        let temporaryPath = directory.temporaryPath(of: generation)
        try StoreFile.remove(temporaryPath)
        do throws(StoreError) {
            var builder = try builder(for: contents, generation: generation)
            builder.limits = limits
            try builder.write(to: temporaryPath)
            let written = try StoreFile.open(temporaryPath, O_RDONLY)
            _ = try Snapshot(descriptor: written.number)
            try StoreFile.rename(temporaryPath, to: path)
        } catch {
            // If this fails too, the next attempt or `removeAll` clears the rest: the first error tells.
            unsafe _ = unlink(temporaryPath)
            throw error
        }
        try StoreFile.syncDirectory(directory.path)
        return path
    }

    private static func check(
        _ contents: GenerationContents, _ limits: GenerationLimits
    ) throws(StoreError) {
        guard contents.ruleSets.count <= limits.maxRuleSets else {
            throw .tooManyRuleSets(count: contents.ruleSets.count, limit: limits.maxRuleSets)
        }
        for (key, bytes) in contents.blobs where bytes.count > limits.maxBlobBytes {
            throw .blobTooLong(key: key, bytes: bytes.count, limitBytes: limits.maxBlobBytes)
        }
    }

    /// The entries of a generation: its blobs, and `meta` that describes them.
    package static func builder(
        for contents: GenerationContents, generation: UInt64
    ) throws(StoreError) -> StoreFileBuilder {
        var builder = StoreFileBuilder(generation: generation)
        var meta = GenerationMeta(generation: generation, machine: machineName())
        for (key, bytes) in contents.blobs {
            let digest = try StoreFileBuilder.withView(bytes, SHA256.digest)
            meta.blobs.append(
                GenerationMeta.Blob(key: key, byteCount: UInt64(bytes.count), digest: digest))
            builder.entries.append(StoreFileBuilder.Entry(key: key, bytes: bytes, isAligned: true))
        }
        builder.entries.append(
            StoreFileBuilder.Entry(key: StoreFormat.metaKey, bytes: meta.bytes, isAligned: false))
        return builder
    }

    /// `x86_64`, `aarch64`.
    private static func machineName() -> String {
        var names = utsname()
        guard unsafe uname(&names) == 0 else { return "unknown" }
        // SAFETY: uname ends each name with a zero byte within its field.
        let name = unsafe withUnsafeBytes(of: &names.machine) {
            unsafe String(cString: $0.baseAddress!.assumingMemoryBound(to: CChar.self))
        }
        return String(name.prefix(GenerationLimits.maxMachineNameBytes))
    }
}
