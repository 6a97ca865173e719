// Why a generation can not be written or read.

package import Posix

/// A generation that was not written, or a file that is refused. Told to the operator.
package enum StoreError: Error, Equatable, Sendable {
    /// A system call on `path` failed.
    case system(SystemError, path: String)
    /// Others may write to the directory, and so could plant rules.
    case directoryNotPrivate(path: String, mode: UInt32)
    case notADirectory(path: String)
    case generationExists(UInt64)
    case generationNumbersExhausted
    case tooManyRuleSets(count: Int, limit: Int)
    case blobTooLong(key: String, bytes: Int, limitBytes: Int)
    case fileTooLong(bytes: Int, limitBytes: Int)
    /// LMDB's own complaint.
    case lmdb(call: String, code: Int32)
    case digestUnavailable

    /// Too short, or without LMDB's mark in front.
    case notLMDB(fileBytes: Int)
    /// An LMDB file without the trailer's mark behind: cut short, or written by something else.
    case trailerMissing(fileBytes: Int)
    case formatVersion(found: UInt32, expected: UInt32)
    case engineVersion(found: UInt32, expected: UInt32)
    case wrongFileLength(found: Int, recorded: UInt64)
    /// The digest over the whole file does not fit.
    case fileDamaged
    /// LMDB's pages end behind the file's end.
    case pagesBeyondEnd(pageBytes: Int, fileBytes: Int)
    case malformedMeta(reason: String)
    case missingBlob(key: String)
    case wrongBlobLength(key: String, found: Int, recorded: UInt64)
    case blobDamaged(key: String)
    case blobUnaligned(key: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let error, let path): "\(path): \(error)"
        case .directoryNotPrivate(let path, let mode):
            "\(path): group or others may write to the rule store (mode \(Self.octal(mode))); chmod it to 700"
        case .notADirectory(let path): "\(path): the rule store must be a directory"
        case .generationExists(let number): "generation \(number) is there already"
        case .generationNumbersExhausted: "the rule store has no generation number left"
        case .tooManyRuleSets(let count, let limit): "\(count) rule sets, at most \(limit) fit a generation"
        case .blobTooLong(let key, let bytes, let limit): "\(key) takes \(bytes) bytes, at most \(limit) fit"
        case .fileTooLong(let bytes, let limit): "the generation takes \(bytes) bytes, at most \(limit) fit"
        case .lmdb(let call, let code): "\(call): \(LMDB.reason(code))"
        case .digestUnavailable: "libcrypto offers no SHA-256"
        case .notLMDB(let bytes): "not an LMDB file (\(bytes) bytes)"
        case .trailerMissing(let bytes): "the file is cut short, or not a rule generation (\(bytes) bytes)"
        case .formatVersion(let found, let expected):
            "the file has format \(found), \(Self.age(found, expected)) than format \(expected) of this program"
        case .engineVersion(let found, let expected):
            "the rules are for engine \(found), \(Self.age(found, expected)) than engine \(expected) of this program"
        case .wrongFileLength(let found, let recorded):
            "the file has \(found) bytes where \(recorded) were written"
        case .fileDamaged: "the file is damaged: its SHA-256 does not fit"
        case .pagesBeyondEnd(let pages, let file): "the pages take \(pages) bytes, the file has \(file)"
        case .malformedMeta(let reason): "the key meta is malformed: \(reason)"
        case .missingBlob(let key): "the key \(key) is missing"
        case .wrongBlobLength(let key, let found, let recorded):
            "\(key) has \(found) bytes where \(recorded) were recorded"
        case .blobDamaged(let key): "\(key) is damaged: its SHA-256 does not fit"
        case .blobUnaligned(let key):
            "\(key) does not lie at a multiple of \(StoreFormat.blobAlignment) bytes"
        }
    }

    private static func octal(_ mode: UInt32) -> String { String(mode & 0o7777, radix: 8) }

    private static func age(_ found: UInt32, _ expected: UInt32) -> String {
        found > expected ? "newer" : "older"
    }
}
