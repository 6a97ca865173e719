// The value of the key `meta`: which blobs a generation has, how long they are, their digests.
//
//      0  generation (u64)
//      8  format version (u32), engine version (u32)
//     16  bytes of the machine's name (u32), count of blobs (u32)
//     24  the machine's name
//         per blob: bytes of the key (u32), bytes of the blob (u64), SHA-256, the key
//
// Little endian, unaligned. Blobs in the order policy, rules/0, rules/1, ...

package import Bytes

/// What a generation says of itself.
package struct GenerationMeta: Equatable, Sendable {
    /// One blob: its key, length and digest.
    package struct Blob: Equatable, Sendable {
        package var key: String
        package var byteCount: UInt64
        package var digest: SHA256Digest

        package init(key: String, byteCount: UInt64, digest: SHA256Digest) {
            self.key = key
            self.byteCount = byteCount
            self.digest = digest
        }
    }

    package var generation: UInt64
    package var formatVersion = StoreFormat.formatVersion
    package var engineVersion = StoreFormat.engineVersion
    /// Architecture of the machine that compiled the rules, as `uname -m` says it.
    package var machine: String
    package var blobs: [Blob] = []

    package init(generation: UInt64, machine: String) {
        self.generation = generation
        self.machine = machine
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: generation)
        bytes.append(littleEndian: formatVersion)
        bytes.append(littleEndian: engineVersion)
        bytes.append(littleEndian: UInt32(machine.utf8.count))
        bytes.append(littleEndian: UInt32(blobs.count))
        bytes.append(contentsOf: machine.utf8)
        for blob in blobs {
            bytes.append(littleEndian: UInt32(blob.key.utf8.count))
            bytes.append(littleEndian: blob.byteCount)
            bytes.append(contentsOf: blob.digest.bytes)
            bytes.append(contentsOf: blob.key.utf8)
        }
        return bytes
    }

    /// Reads a meta value and checks that its blobs are the ones a generation must have.
    package init(decoding bytes: ByteView) throws(StoreError) {
        var reader = MetaReader(rest: bytes)
        generation = try reader.readUInt64()
        formatVersion = try reader.readUInt32()
        engineVersion = try reader.readUInt32()
        let machineBytes = try reader.readUInt32()
        let blobCount = try reader.readUInt32()
        guard machineBytes <= GenerationLimits.maxMachineNameBytes else {
            throw .malformedMeta(reason: "machine name of \(machineBytes) bytes")
        }
        guard blobCount >= 1, blobCount <= GenerationLimits.standard.maxRuleSets + 1 else {
            throw .malformedMeta(reason: "\(blobCount) blobs")
        }
        machine = String(decoding: try reader.readBytes(Int(machineBytes)).span)
        for index in 0..<Int(blobCount) {
            let expectedKey = Self.key(ofBlob: index)
            let keyBytes = try reader.readUInt32()
            let byteCount = try reader.readUInt64()
            let digest = SHA256Digest(try reader.readBytes(SHA256Digest.byteCount))
            guard keyBytes == expectedKey.utf8.count,
                String(decoding: try reader.readBytes(Int(keyBytes)).span) == expectedKey
            else { throw .malformedMeta(reason: "blob \(index) is not \(expectedKey)") }
            blobs.append(Blob(key: expectedKey, byteCount: byteCount, digest: digest))
        }
        guard reader.rest.isEmpty else {
            throw .malformedMeta(reason: "\(reader.rest.count) bytes too many")
        }
    }

    /// The key of the blob at `index` in ``blobs``.
    static func key(ofBlob index: Int) -> String {
        index == 0 ? StoreFormat.policyKey : StoreFormat.ruleSetKey(index - 1)
    }
}

/// Takes fields off the front of a meta value.
private struct MetaReader {
    var rest: ByteView

    mutating func readBytes(_ count: Int) throws(StoreError) -> ByteView {
        guard count <= rest.count else { throw .malformedMeta(reason: "cut short") }
        defer { rest = rest[count...] }
        return rest[..<count]
    }

    mutating func readUInt32() throws(StoreError) -> UInt32 { try readBytes(4).loadUInt32(at: 0) }
    mutating func readUInt64() throws(StoreError) -> UInt64 { try readBytes(8).loadUInt64(at: 0) }
}

extension String {
    /// UTF-8, with replacement characters where it is not.
    fileprivate init(decoding bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
