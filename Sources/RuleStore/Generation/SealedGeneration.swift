// A generation as workers get it: memory that nobody can change, behind a descriptor.

internal import Bytes
internal import Glibc
package import Posix

package enum SealedGeneration {
    private static let pieceBytes = 1 << 20

    /// Copies a published file into memory, sealed against every change.
    ///
    /// The copy has mode 0444, so that a worker without rights can open it by /proc/self/fd.
    /// It is not checked here: whoever maps it does that.
    package static func copy(ofFile path: String) throws(StoreError) -> Descriptor {
        let file = try StoreFile.open(path, O_RDONLY)
        let byteCount = try StoreFile.byteCount(file.number, path: path)
        guard byteCount <= GenerationLimits.standard.maxFileBytes else {
            throw .fileTooLong(bytes: byteCount, limitBytes: GenerationLimits.standard.maxFileBytes)
        }
        let memoryPath = "memfd:wafd-rules"
        let memory: Descriptor
        do throws(SystemError) { memory = try SealedMemory.create(name: "wafd-rules") } catch {
            throw .system(error, path: memoryPath)
        }
        var buffer = ByteBuffer()
        var done = 0
        while done < byteCount {
            buffer.removeAll(keepingCapacity: true)
            let moved = try StoreFile.read(
                file.number, at: done, limitBytes: min(pieceBytes, byteCount - done), into: &buffer,
                path: path)
            guard moved > 0 else { throw .wrongFileLength(found: done, recorded: UInt64(byteCount)) }
            try StoreFile.write(memory.number, buffer.view, at: done, path: memoryPath)
            done += moved
        }
        try StoreFile.setMode(memory.number, 0o444, path: memoryPath)
        do throws(SystemError) { try SealedMemory.seal(memory.number, .immutable) } catch {
            throw .system(error, path: memoryPath)
        }
        return memory
    }
}
