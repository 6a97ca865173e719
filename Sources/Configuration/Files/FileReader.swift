// Where configuration text comes from: the file system, or a table in tests.

/// Reads files and lists those that a pattern names.
package protocol FileReader {
    /// The bytes of a file; nil when it can not be read.
    func read(_ path: String) -> [UInt8]?
    /// The existing paths that glob(7) `pattern` names, in any order; a pattern without a
    /// wildcard names itself.
    func glob(_ pattern: String) -> [String]
}
