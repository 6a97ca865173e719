// The data section of a MaxMind DB file: values that say their own type and length.
//
//     control byte  3 bits type (0: the next byte holds the type less 7), 5 bits length
//     length        29, 30, 31: one, two, three more bytes follow
//     pointer       2 bits size, 3 bits of the offset, then 1 to 4 bytes

internal import Bytes

/// A run of values, addressed by offset. Every read is checked; what leaves the bytes does not exist.
package struct LocationData: Sendable {
    private let bytes: ByteView
    /// Maps and arrays inside one another that are followed.
    private static var nestingLimit: Int { 16 }
    /// Members of a map that are looked at.
    private static var memberLimit: Int { 4_096 }

    init(_ bytes: ByteView) { self.bytes = bytes }

    enum Kind: Int {
        case pointer = 1
        case text, double, bytes, uint16, uint32, map, int32, uint64, uint128, array, container, end, boolean
        case float
    }

    /// A value's head: its type, its length or number of members, and where its content begins.
    struct Head {
        var kind: Kind
        var count: Int
        var start: Int
    }

    /// The database's description of itself, with the map at offset 0.
    static func metadata(of file: ByteView) -> LocationData? {
        let marker = ByteView("\u{00}MaxMind.com")[1...]
        let lead: [UInt8] = [0xAB, 0xCD, 0xEF]
        // It stands in the last 128 KiB.
        var end = file.count
        let first = max(3, file.count - (128 << 10))
        while end >= first + marker.count {
            let start = end - marker.count
            if file[start..<end] == marker,
                file[start - 3] == lead[0], file[start - 2] == lead[1], file[start - 1] == lead[2]
            {
                return LocationData(file[end...])
            }
            end -= 1
        }
        return nil
    }

    func number(_ key: StaticString) -> Int? {
        member(ByteView(key), of: 0).flatMap { head(at: $0) }.flatMap { unsigned($0) }
    }

    func text(_ key: StaticString) -> ByteView? {
        guard let place = member(ByteView(key), of: 0), let head = head(at: place), head.kind == .text else {
            return nil
        }
        return content(head)
    }

    /// The offset of a map's member, or of an array's first element under the key `0`.
    func member(_ key: ByteView, of place: Int) -> Int? {
        guard let head = head(at: place) else { return nil }
        if head.kind == .array { return key.equals("0") && head.count > 0 ? head.start : nil }
        guard head.kind == .map else { return nil }
        var position = head.start
        for _ in 0..<min(head.count, Self.memberLimit) {
            guard let name = self.head(at: position), name.kind == .text, let text = content(name),
                let value = end(of: position, nesting: 0)
            else { return nil }
            if text == key { return value }
            guard let next = end(of: value, nesting: 0) else { return nil }
            position = next
        }
        return nil
    }

    /// A text as it is, a number in decimal.
    func text(at place: Int, in arena: Arena) -> ByteView? {
        guard let head = head(at: place) else { return nil }
        switch head.kind {
        case .text: return content(head)
        case .double:
            guard head.count == 8, let bits = bigEndian(head) else { return nil }
            return arena.copy(String(describing: Double(bitPattern: bits)))
        case .float:
            guard head.count == 4, let bits = bigEndian(head) else { return nil }
            return arena.copy(String(describing: Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        case .int32:
            return bigEndian(head).map { arena.copy(String(Int32(truncatingIfNeeded: $0))) }
        case .uint16, .uint32, .uint64:
            return bigEndian(head).map { arena.copy(String($0)) }
        case .boolean: return arena.copy(head.count == 1 ? "true" : "false")
        case .pointer, .bytes, .map, .uint128, .array, .container, .end: return nil
        }
    }

    private func unsigned(_ head: Head) -> Int? {
        switch head.kind {
        case .uint16, .uint32, .uint64: bigEndian(head).flatMap { Int(exactly: $0) }
        default: nil
        }
    }

    private func bigEndian(_ head: Head) -> UInt64? {
        guard head.count <= 8, let content = content(head) else { return nil }
        var value: UInt64 = 0
        for index in content.indices { value = value << 8 | UInt64(content[index]) }
        return value
    }

    private func content(_ head: Head) -> ByteView? {
        guard head.count <= bytes.count - head.start else { return nil }
        return bytes[head.start..<(head.start + head.count)]
    }

    /// The head of the value at `place`, or of the one that a pointer there leads to.
    private func head(at place: Int) -> Head? {
        guard let head = ownHead(at: place) else { return nil }
        guard head.kind == .pointer else { return head }
        // A pointer to a pointer is not allowed.
        guard let target = ownHead(at: head.count), target.kind != .pointer else { return nil }
        return target
    }

    /// For a pointer `count` is the offset it leads to.
    private func ownHead(at place: Int) -> Head? {
        guard let control = byte(at: place) else { return nil }
        var position = place + 1
        var type = control >> 5
        if type == 0 {
            guard let more = byte(at: position) else { return nil }
            type = more + 7
            position += 1
        }
        guard let kind = Kind(rawValue: type) else { return nil }
        if kind == .pointer { return pointer(control, position) }
        var count = control & 31
        if count > 28 {
            let extra = count - 28
            guard let more = number(at: position, bytes: extra) else { return nil }
            count = more + [29, 285, 65_821][extra - 1]
            position += extra
        }
        return Head(kind: kind, count: count, start: position)
    }

    private func pointer(_ control: Int, _ position: Int) -> Head? {
        let size = control >> 3 & 3
        guard let rest = number(at: position, bytes: size + 1) else { return nil }
        let high = size == 3 ? 0 : (control & 7) << ((size + 1) * 8)
        return Head(kind: .pointer, count: (high | rest) + [0, 2_048, 526_336, 0][size], start: position + size + 1)
    }

    /// The offset behind the value at `place`.
    private func end(of place: Int, nesting: Int) -> Int? {
        guard nesting < Self.nestingLimit, let head = ownHead(at: place) else { return nil }
        switch head.kind {
        case .pointer, .boolean: return head.start
        case .map, .array:
            var position = head.start
            let values = head.kind == .map ? head.count * 2 : head.count
            guard values <= bytes.count else { return nil }
            for _ in 0..<values {
                guard let next = end(of: position, nesting: nesting + 1) else { return nil }
                position = next
            }
            return position
        default: return head.start + head.count
        }
    }

    private func byte(at place: Int) -> Int? {
        place >= 0 && place < bytes.count ? Int(bytes[place]) : nil
    }

    private func number(at place: Int, bytes count: Int) -> Int? {
        guard place >= 0, place <= bytes.count - count else { return nil }
        var value = 0
        for index in 0..<count { value = value << 8 | Int(bytes[place + index]) }
        return value
    }
}
