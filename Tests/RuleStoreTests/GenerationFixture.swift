// Generations in a directory of their own, for the tests of the store.

import Bytes
import Glibc
import Posix
import RuleStore

/// A directory under /tmp, removed with what lies in it.
final class TemporaryDirectory {
    let path: String

    init() {
        var template = Array("/tmp/wafd-store-XXXXXX".utf8CString)
        unsafe template.withUnsafeMutableBufferPointer { unsafe _ = mkdtemp($0.baseAddress!) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        // Only plain files and directories of one level are made by these tests.
        for name in names() {
            let child = "\(path)/\(name)"
            if unsafe rmdir(child) != 0 { unsafe _ = unlink(child) }
        }
        unsafe _ = rmdir(path)
    }

    func names() -> [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { unsafe _ = closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
                unsafe String(cString: $0.baseAddress!.assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

enum Fixture {
    /// Bytes that differ at every place and between seeds.
    static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }

    static func contents(_ policyBytes: Int, _ ruleSetBytes: [Int]) -> GenerationContents {
        GenerationContents(
            policy: bytes(policyBytes),
            ruleSets: ruleSetBytes.enumerated().map { bytes($0.element, seed: UInt64($0.offset) + 2) })
    }

    static func open(_ path: String) -> Descriptor {
        Descriptor(owning: unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC))
    }

    static func read(_ path: String) -> [UInt8] {
        let file = open(path)
        let count = Int(lseek(file.number, 0, SEEK_END))
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { room, initialized in
            initialized = unsafe pread(file.number, room.baseAddress, count, 0)
        }
    }

    static func write(_ bytes: [UInt8], to path: String) {
        unsafe _ = unlink(path)
        let file = Descriptor(owning: unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600))
        let written = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.write(file.number, $0.baseAddress, $0.count)
        }
        precondition(written == bytes.count, "the fixture's file is incomplete")
    }

    static func mode(_ path: String) -> UInt32 {
        var status = stat()
        unsafe _ = stat(path, &status)
        return status.st_mode & 0o7777
    }

    /// Why a file is refused; nil when it is not.
    static func refusal(ofFile path: String) -> StoreError? {
        let file = open(path)
        return refusal(of: file.number)
    }

    static func refusal(of descriptor: Int32) -> StoreError? {
        do throws(StoreError) {
            _ = try Snapshot(descriptor: descriptor)
            return nil
        } catch {
            return error
        }
    }

    /// The error of a closure; nil when it throws none.
    static func error(_ body: () throws(StoreError) -> Void) -> StoreError? {
        do throws(StoreError) {
            try body()
            return nil
        } catch {
            return error
        }
    }
}

extension ByteView {
    var array: [UInt8] { indices.map { self[$0] } }
}
