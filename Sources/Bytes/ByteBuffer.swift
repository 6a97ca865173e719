// An owned, growing run of bytes with a read end and a write end: heads, held bodies, what a
// peer would not take yet, lines of a log.

internal import Glibc

/// Bytes that are appended at the back and consumed at the front.
///
/// Memory is taken at the first append and kept over `removeAll(keepingCapacity: true)`.
/// The owner checks its limit before it appends; the buffer itself has none.
@safe @usableFromInline package struct ByteBuffer: ~Copyable {
    /// Invariants: nil when `capacity` is 0, else an allocation of `capacity` bytes of which
    /// `start ..< end` are initialised; nobody else writes there.
    @usableFromInline var base: UnsafeMutableRawPointer?
    @usableFromInline var capacity = 0
    @usableFromInline var start = 0
    @usableFromInline var end = 0

    @inlinable package init() { unsafe base = nil }

    package init(reserving bytes: Int) {
        unsafe base = nil
        reserve(bytes)
    }

    deinit { unsafe free(base) }

    @inlinable package var count: Int { end - start }
    @inlinable package var isEmpty: Bool { end == start }
    /// Bytes of memory held, used or not.
    @inlinable package var allocatedBytes: Int { capacity }

    /// What has been written and not consumed; valid until self is next changed.
    @inlinable package var view: ByteView {
        guard let base = unsafe base else { return .empty }
        // SAFETY: `start ..< end` is initialised.
        return unsafe ByteView(unowned: UnsafeRawPointer(base) + start, count: end - start)
    }

    /// Makes room for `bytes` more at the back without another allocation.
    @inlinable package mutating func reserve(_ bytes: Int) {
        precondition(bytes >= 0, "can not reserve a negative number of bytes")
        if capacity - end < bytes { makeRoom(bytes) }
    }

    /// Moves what there is to the front, and takes more memory if that is not enough.
    @usableFromInline mutating func makeRoom(_ bytes: Int) {
        if start > 0 {
            // SAFETY: both ranges lie in the allocation; memmove allows overlap.
            unsafe memmove(base!, base! + start, end - start)
            end -= start
            start = 0
            if capacity - end >= bytes { return }
        }
        let wanted = max(end + bytes, min(capacity * 2, capacity + 1 << 20), 64)
        guard let grown = unsafe realloc(base, wanted) else {
            preconditionFailure("out of memory")
        }
        unsafe base = grown
        capacity = wanted
    }

    @usableFromInline package mutating func append(_ bytes: ByteView) {
        guard !bytes.isEmpty else { return }
        reserve(bytes.count)
        unsafe bytes.withUnsafeBytes { source in
            // SAFETY: room was reserved; a view of this very buffer may not be appended to it.
            unsafe (base! + end).copyMemory(from: source.baseAddress!, byteCount: source.count)
        }
        end += bytes.count
    }

    @inlinable package mutating func append(_ byte: UInt8) {
        reserve(1)
        // SAFETY: room was reserved.
        unsafe (base! + end).storeBytes(of: byte, as: UInt8.self)
        end += 1
    }

    @inlinable package mutating func append(_ literal: StaticString) { append(ByteView(literal)) }

    // Disfavoured, so that a literal is copied from the image and no String is made of it.
    @_disfavoredOverload
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { unsafe append(ByteView(unowned: UnsafeRawBufferPointer($0))) }
    }

    package mutating func append(contentsOf bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe append(ByteView(unowned: $0)) }
    }

    package mutating func append(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { unsafe append(ByteView(unowned: $0)) }
    }

    /// Adds a copy of some of the bytes that are here already.
    package mutating func appendCopy(of range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the buffer")
        guard !range.isEmpty else { return }
        reserve(range.count)
        // SAFETY: the source is written and ends before the room that was reserved.
        unsafe (base! + end).copyMemory(from: base! + start + range.lowerBound, byteCount: range.count)
        end += range.count
    }

    /// A number in decimal ASCII.
    package mutating func append(decimal number: Int) {
        if number < 0 { append(ASCII.byte("-")) }
        var rest = number.magnitude
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = 20
        repeat {
            first -= 1
            digits[first] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
            rest /= 10
        } while rest > 0
        for index in first..<20 { append(digits[index]) }
    }

    /// Lets `body` write up to `bytes` bytes at the back; it returns how many it did.
    package mutating func appendUninitialized<E: Error>(
        upTo bytes: Int, _ body: (UnsafeMutableRawBufferPointer) throws(E) -> Int
    ) throws(E) {
        reserve(bytes)
        guard let base = unsafe base, bytes > 0 else { return }
        let written = try unsafe body(UnsafeMutableRawBufferPointer(start: base + end, count: bytes))
        precondition(written >= 0 && written <= bytes, "wrote past the room that was given")
        end += written
    }

    /// Gives up the first `bytes` bytes.
    @inlinable package mutating func consume(_ bytes: Int) {
        precondition(bytes >= 0 && bytes <= count, "can not consume more than there is")
        start += bytes
        if start == end {
            start = 0
            end = 0
        }
    }

    /// Takes back the last bytes so that `count` is left.
    @inlinable package mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count, "can not truncate to more than there is")
        end = start + count
    }

    /// Overwrites one byte.
    package mutating func set(_ byte: UInt8, at index: Int) {
        precondition(index >= 0 && index < count, "index outside the buffer")
        // SAFETY: checked above.
        unsafe (base! + start + index).storeBytes(of: byte, as: UInt8.self)
    }

    @inlinable package mutating func removeAll(keepingCapacity: Bool) {
        start = 0
        end = 0
        if !keepingCapacity, capacity > 0 { releaseMemory() }
    }

    @usableFromInline mutating func releaseMemory() {
        unsafe free(base)
        unsafe base = nil
        capacity = 0
    }

    /// The written bytes, open to change in place.
    package mutating func withMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
        guard let base = unsafe base else {
            return unsafe body(UnsafeMutableRawBufferPointer(start: nil, count: 0))
        }
        // SAFETY: `start ..< end` is initialised and `self` is borrowed exclusively.
        return unsafe body(UnsafeMutableRawBufferPointer(start: base + start, count: end - start))
    }
}
