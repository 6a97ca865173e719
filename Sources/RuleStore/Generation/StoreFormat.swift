// The names, numbers and limits of a generation's file.
//
//     LMDB pages ............ keys `meta`, `policy`, `rules/0`, `rules/1`, ...
//     trailer (64 bytes) .... magic, versions, lengths, SHA-256 of everything before the digest
//
// LMDB trusts its pages: a damaged branch page makes it read anywhere. The trailer lets a reader
// find any damage before LMDB looks at the file; LMDB itself never looks behind its last page.

/// What both ends of a generation's file agree on.
package enum StoreFormat {
    /// Version of the file: trailer, keys, `meta`.
    package static let formatVersion: UInt32 = 1
    /// Version of what the blobs hold; raised with every change of their layout or meaning.
    package static let engineVersion: UInt32 = 6

    /// LMDB puts a large value at 16 modulo 64; so many bytes in front move it to 0 modulo 64.
    static let leadingPadBytes = 48
    /// What every blob's first byte is aligned to.
    package static let blobAlignment = 64

    static let metaKey = "meta"
    package static let policyKey = "policy"
    package static func ruleSetKey(_ index: Int) -> String { "rules/\(index)" }
}
