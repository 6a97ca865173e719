// The strings of a rule set, each stored once.

/// Collects strings and says where each lies in the pool.
struct StringPool {
    struct Place {
        var offset: UInt32
        var count: UInt32
    }

    private(set) var bytes: [UInt8] = []
    private var places: [[UInt8]: UInt32] = [:]

    /// Where `string` lies, counted from the pool's first byte.
    mutating func place(_ string: [UInt8]) -> Place {
        let count = UInt32(string.count)
        guard count > 0 else { return Place(offset: 0, count: 0) }
        if let known = places[string] { return Place(offset: known, count: count) }
        let offset = UInt32(bytes.count)
        bytes += string
        places[string] = offset
        return Place(offset: offset, count: count)
    }

    mutating func place(_ string: String) -> Place { place(Array(string.utf8)) }
}
