// The 64 bytes behind a generation's LMDB pages.
//
//      0  magic "WAFDGEN" and a zero byte
//      8  format version (u32), engine version (u32)
//     16  generation (u64)
//     24  bytes of the whole file (u64)
//     32  SHA-256 of all bytes of the file before this place
//
// Little endian.

internal import Bytes

/// What a reader checks before LMDB may look at the file.
struct StoreTrailer: Equatable {
    static let byteCount = 64
    /// Bytes of the trailer that the digest covers.
    static let coveredBytes = 32
    private static let magic: UInt64 = 0x004E_4547_4446_4157
    /// What an LMDB file has at byte 16 (lmdb 0.9, MDB_MAGIC).
    private static let lmdbMagic: UInt32 = 0xBEEF_C0DE
    static let lmdbMagicOffset = 16

    var formatVersion = StoreFormat.formatVersion
    var engineVersion = StoreFormat.engineVersion
    var generation: UInt64
    var fileBytes: UInt64

    /// The covered half, as it is written.
    var coveredHalf: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: Self.magic)
        bytes.append(littleEndian: formatVersion)
        bytes.append(littleEndian: engineVersion)
        bytes.append(littleEndian: generation)
        bytes.append(littleEndian: fileBytes)
        return bytes
    }

    /// Reads and checks a trailer against the file it was found in.
    ///
    /// - Parameters:
    ///   - bytes: The last 64 bytes of the file.
    ///   - head: The first 20 bytes or more.
    ///   - engineVersion: The one that is wanted.
    /// - Returns: The trailer, and the digest that the file must have.
    static func parse(
        _ bytes: ByteView, head: ByteView, fileBytes: Int,
        engineVersion: UInt32 = StoreFormat.engineVersion
    ) throws(StoreError) -> (StoreTrailer, SHA256Digest) {
        guard bytes.count == byteCount, head.count >= lmdbMagicOffset + 4,
            head.loadUInt32(at: lmdbMagicOffset) == lmdbMagic
        else { throw .notLMDB(fileBytes: fileBytes) }
        guard bytes.loadUInt64(at: 0) == magic else { throw .trailerMissing(fileBytes: fileBytes) }
        let trailer = StoreTrailer(
            formatVersion: bytes.loadUInt32(at: 8), engineVersion: bytes.loadUInt32(at: 12),
            generation: bytes.loadUInt64(at: 16), fileBytes: bytes.loadUInt64(at: 24))
        guard trailer.formatVersion == StoreFormat.formatVersion else {
            throw .formatVersion(found: trailer.formatVersion, expected: StoreFormat.formatVersion)
        }
        guard trailer.engineVersion == engineVersion else {
            throw .engineVersion(found: trailer.engineVersion, expected: engineVersion)
        }
        guard trailer.fileBytes == UInt64(fileBytes) else {
            throw .wrongFileLength(found: fileBytes, recorded: trailer.fileBytes)
        }
        return (trailer, SHA256Digest(bytes[coveredBytes...]))
    }
}

extension Array where Element == UInt8 {
    mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
        for index in 0..<(Number.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: number >> Number(index * 8)))
        }
    }
}
