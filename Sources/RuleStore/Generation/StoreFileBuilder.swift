// Makes one LMDB file with a trailer: the mechanics below GenerationWriter, free of policy so that
// tests can also build files that a reader must refuse.

internal import Bytes
internal import Glibc
internal import Posix

/// Entries of a file in the making.
package struct StoreFileBuilder {
    package struct Entry {
        package var key: String
        package var bytes: [UInt8]
        /// Whether the value is padded so that it lies at a multiple of 64 bytes.
        package var isAligned: Bool

        package init(key: String, bytes: [UInt8], isAligned: Bool) {
            self.key = key
            self.bytes = bytes
            self.isAligned = isAligned
        }
    }

    package var entries: [Entry] = []
    package var generation: UInt64
    package var formatVersion = StoreFormat.formatVersion
    package var engineVersion = StoreFormat.engineVersion
    package var limits = GenerationLimits.standard

    package init(generation: UInt64) { self.generation = generation }

    /// Writes a new file at `path`, which must not exist, and syncs it. Mode 0444.
    package func write(to path: String) throws(StoreError) {
        let pageBytes = SharedPages.pageBytes
        let writer = try LMDBWriter(path: path, mapBytes: try mapBytes(pageBytes: pageBytes))
        for entry in entries {
            let leading = entry.isAligned ? StoreFormat.leadingPadBytes : 0
            let total = Self.valueBytes(entry, pageBytes: pageBytes)
            try Self.withView(entry.bytes) { (bytes) throws(StoreError) in
                try writer.put(entry.key, leading: leading, bytes: bytes, total: total)
            }
        }
        try seal(path, pagesBytes: try writer.commit().all)
    }

    /// Bytes of an entry's value. A value longer than a page always gets pages of its own.
    private static func valueBytes(_ entry: Entry, pageBytes: Int) -> Int {
        guard entry.isAligned else { return entry.bytes.count }
        return StoreFormat.leadingPadBytes + max(entry.bytes.count, pageBytes)
    }

    /// What the file can grow to: each value's own pages, and the tree over their keys.
    private func mapBytes(pageBytes: Int) throws(StoreError) -> Int {
        let fixedPages = 64
        let pageHeaderBytes = 16
        var pages = fixedPages
        for entry in entries {
            // One page more than the value takes pays for its node, with room to spare.
            pages += (Self.valueBytes(entry, pageBytes: pageBytes) + pageHeaderBytes) / pageBytes + 2
        }
        let bytes = pages * pageBytes
        guard bytes <= limits.maxFileBytes else {
            throw .fileTooLong(bytes: bytes, limitBytes: limits.maxFileBytes)
        }
        return bytes
    }

    /// Cuts a file to `pagesBytes`, or makes it as long, and puts the trailer behind.
    package func seal(_ path: String, pagesBytes: Int) throws(StoreError) {
        let file = try StoreFile.open(path, O_RDWR)
        let fileBytes = pagesBytes + StoreTrailer.byteCount
        try StoreFile.setLength(file.number, pagesBytes, path: path)
        let trailer = StoreTrailer(
            formatVersion: formatVersion, engineVersion: engineVersion, generation: generation,
            fileBytes: UInt64(fileBytes))
        try Self.withView(trailer.coveredHalf) { (bytes) throws(StoreError) in
            try StoreFile.write(file.number, bytes, at: pagesBytes, path: path)
        }
        var digester = try FileDigester(coveredBytes: pagesBytes + StoreTrailer.coveredBytes)
        while try !digester.step(file.number, maxBytes: FileDigester.pieceBytes, path: path) {}
        try Self.withView(try digester.finish().bytes) { (bytes) throws(StoreError) in
            try StoreFile.write(
                file.number, bytes, at: pagesBytes + StoreTrailer.coveredBytes, path: path)
        }
        try StoreFile.setMode(file.number, 0o444, path: path)
        try StoreFile.sync(file.number, path: path)
    }

    static func withView<R>(
        _ bytes: [UInt8], _ body: (ByteView) throws(StoreError) -> R
    ) throws(StoreError) -> R {
        // SAFETY: the view is used while the array's bytes stay in place.
        try unsafe bytes.span.withUnsafeBytes { (raw) throws(StoreError) in
            try body(unsafe ByteView(unowned: raw))
        }
    }
}
