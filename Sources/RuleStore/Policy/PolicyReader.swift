// The primitives of the policy blob, read from the front.

internal import Bytes

/// A cursor on the blob. Lengths are checked against what is left before memory is taken.
struct PolicyReader {
    private let bytes: ByteView
    private(set) var offset = 0

    /// - Parameter bytes: Must stay readable while the reader is used.
    init(_ bytes: ByteView) { self.bytes = bytes }

    var remainingBytes: Int { bytes.count - offset }

    private mutating func take(_ count: Int) throws(PolicyError) -> ByteView {
        guard count <= remainingBytes else { throw .truncated(offset: offset) }
        let taken = bytes[offset..<(offset + count)]
        offset += count
        return taken
    }

    mutating func byte() throws(PolicyError) -> UInt8 { try take(1)[0] }

    mutating func word() throws(PolicyError) -> UInt32 { try take(4).loadUInt32(at: 0) }

    mutating func flag(_ field: StaticString) throws(PolicyError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        default: throw badValue(field, size: 1)
        }
    }

    /// A number of at most `limit`.
    mutating func number(_ field: StaticString, limit: Int = .max) throws(PolicyError) -> Int {
        let word = try take(8).loadUInt64(at: 0)
        guard let number = Int(exactly: word), number <= limit else { throw badValue(field, size: 8) }
        return number
    }

    mutating func optionalNumber(_ field: StaticString) throws(PolicyError) -> Int? {
        try flag(field) ? try number(field) : nil
    }

    mutating func blob() throws(PolicyError) -> [UInt8] {
        let count = try word()
        return try take(Int(count)).array
    }

    mutating func text(_ field: StaticString) throws(PolicyError) -> String {
        let start = offset
        guard let text = try String(validating: blob(), as: UTF8.self) else {
            throw .badValue(field: "\(field)", offset: start)
        }
        return text
    }

    mutating func tag<Tag: RawRepresentable<UInt8>>(_ field: StaticString) throws(PolicyError) -> Tag {
        guard let tag = Tag(rawValue: try byte()) else { throw badValue(field, size: 1) }
        return tag
    }

    mutating func mode(_ field: StaticString) throws(PolicyError) -> LocationSettings.InspectionMode {
        guard let mode = LocationSettings.InspectionMode(rawValue: UInt32(try byte())) else {
            throw badValue(field, size: 1)
        }
        return mode
    }

    /// - Parameter leastBytes: What the smallest element takes, so that a damaged count can not
    ///   ask for more memory than a blob of this length may need.
    mutating func list<T>(
        leastBytes: Int, _ element: (inout PolicyReader) throws(PolicyError) -> T
    ) throws(PolicyError) -> [T] {
        let start = offset
        let count = Int(try word())
        guard count <= remainingBytes / leastBytes else { throw .truncated(offset: start) }
        var elements: [T] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    /// The error for the value of `size` bytes that was just read.
    func badValue(_ field: StaticString, size: Int) -> PolicyError {
        .badValue(field: "\(field)", offset: offset - size)
    }
}
