// Comparing and searching. C's memchr, memcmp and memmem are vectorised; loops here are not.

internal import CLinux
internal import Glibc

extension ByteView: Equatable {
    @usableFromInline package static func == (left: ByteView, right: ByteView) -> Bool {
        guard left.count == right.count else { return false }
        // SAFETY: both sides are readable for `count` bytes.
        return unsafe left.count == 0 || memcmp(left.base, right.base, left.count) == 0
    }

    package func hasPrefix(_ prefix: ByteView) -> Bool {
        count >= prefix.count && self[..<prefix.count] == prefix
    }

    package func hasSuffix(_ suffix: ByteView) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...] == suffix
    }

    /// Equal when ASCII letters are taken without regard to case; other bytes must be the same.
    package func equalsIgnoringASCIICase(_ other: ByteView) -> Bool {
        guard count == other.count else { return false }
        for index in indices where ASCII.lowercased(self[index]) != ASCII.lowercased(other[index]) {
            return false
        }
        return true
    }

    package func equals(_ literal: StaticString) -> Bool { self == ByteView(literal) }

    package func equalsIgnoringASCIICase(_ literal: StaticString) -> Bool {
        equalsIgnoringASCIICase(ByteView(literal))
    }

    package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        precondition(start >= 0 && start <= count, "start outside the view")
        guard start < count else { return nil }
        // SAFETY: `start ..< count` is readable.
        guard let found = unsafe memchr(base + start, Int32(byte), count - start) else { return nil }
        return unsafe UnsafeRawPointer(found) - base
    }

    package func lastIndex(of byte: UInt8) -> Int? {
        guard count > 0 else { return nil }
        // SAFETY: `count` bytes are readable.
        guard let found = unsafe clinux_memrchr(base, Int32(byte), count) else { return nil }
        return unsafe found - base
    }

    /// First place of `needle` at or behind `start`; an empty needle is found at `start`.
    package func firstRange(of needle: ByteView, from start: Int = 0) -> Range<Int>? {
        precondition(start >= 0 && start <= count, "start outside the view")
        // SAFETY: both ranges are readable.
        guard let found = unsafe clinux_memmem(base + start, count - start, needle.base, needle.count)
        else { return nil }
        let lower = unsafe found - base
        return lower..<(lower + needle.count)
    }

    package func contains(_ byte: UInt8) -> Bool { firstIndex(of: byte) != nil }
}

extension ByteView {
    /// The bytes of a literal, which live as long as the process.
    @inlinable package init(_ literal: StaticString) {
        precondition(literal.hasPointerRepresentation, "literals of one scalar have no bytes to point at")
        // SAFETY: a literal's UTF-8 lies in the image's read-only data.
        unsafe self.init(unowned: literal.utf8Start, count: literal.utf8CodeUnitCount)
    }

    /// A copy as a string; bytes that are not UTF-8 become U+FFFD.
    package var string: String {
        // SAFETY: the view is readable during the call.
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// A copy as an array.
    package var array: [UInt8] {
        // SAFETY: the view is readable during the call.
        unsafe withUnsafeBytes { unsafe [UInt8]($0) }
    }

    /// Trims bytes for which `isTrimmed` holds at both ends.
    package func trimming(while isTrimmed: (UInt8) -> Bool) -> ByteView {
        var lower = 0
        var upper = count
        while lower < upper, isTrimmed(self[lower]) { lower += 1 }
        while lower < upper, isTrimmed(self[upper - 1]) { upper -= 1 }
        return self[lower..<upper]
    }

    /// FNV-1a over lower-cased ASCII, for tables whose keys compare without regard to case.
    package var caseInsensitiveHash: UInt32 {
        var hash: UInt32 = 2_166_136_261
        for index in indices {
            hash = (hash ^ UInt32(ASCII.lowercased(self[index]))) &* 16_777_619
        }
        return hash
    }
}
