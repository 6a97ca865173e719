// TX: the variables that rules set.

internal import Bytes

/// A table of named values whose names compare without regard to case, plus the captures 0 to 9.
///
/// Names and values belong to the transaction's arena or the store. Open addressing with linear
/// probing; the hash is seeded per process because rules make names of what a peer sends.
struct TransactionVariables {
    struct Member {
        /// As first written.
        var name: ByteView
        /// nil: removed.
        var value: ByteView?
        var hash: UInt32
    }

    /// In the order of their making; removed ones keep their place.
    private(set) var members: ContiguousArray<Member> = []
    /// Index of a member plus one; 0: free. A power of two long, at most half full.
    private var buckets: ContiguousArray<UInt32>
    private(set) var captures: ContiguousArray<ByteView?>
    private var places = ConstantPlaces()
    private let seed = Self.processSeed
    private static let processSeed = UInt32.random(in: .min ... .max)
    private static let initialBuckets = 256
    static let captureCount = 10

    init() {
        buckets = ContiguousArray(repeating: 0, count: Self.initialBuckets)
        captures = ContiguousArray(repeating: nil, count: Self.captureCount)
    }

    /// Takes over the members that the opening of a phase leaves; there are none yet.
    ///
    /// - Returns: false, with nothing taken over, when they are more than `limit`.
    mutating func begin(with opening: PlanOpening, limit: Int) -> Bool {
        precondition(members.isEmpty, "the opening comes first")
        guard opening.members.count <= limit else { return false }
        members.append(contentsOf: opening.members)
        if members.count * 2 > buckets.count { buckets = ContiguousArray(repeating: 0, count: Self.buckets(members.count)) }
        placeAll()
        places.begin(opening: opening.number, memberCount: members.count)
        return true
    }

    private static func buckets(_ members: Int) -> Int {
        var count = initialBuckets
        while count < members * 2 { count *= 2 }
        return count
    }

    subscript(name: ByteView) -> ByteView? {
        if let group = Self.captureIndex(name) { return captures[group] }
        let bucket = bucket(of: name, hash: hash(name))
        return buckets[bucket] == 0 ? nil : members[Int(buckets[bucket]) - 1].value
    }

    /// The member of a name that lies in the store, with its name as first written: its place is remembered
    /// by the address of `name`.
    mutating func member(constant name: ByteView) -> (name: ByteView, value: ByteView)? {
        if let place = places.find(name) {
            return members[place].value.map { (members[place].name, $0) }
        }
        if let group = Self.captureIndex(name) { return captures[group].map { (name, $0) } }
        let hash = constantHash(name)
        let bucket = bucket(of: name, hash: hash)
        guard buckets[bucket] != 0 else {
            places.note(name, hash: hash, member: nil)
            return nil
        }
        let place = Int(buckets[bucket]) - 1
        places.note(name, hash: hash, member: place)
        return members[place].value.map { (members[place].name, $0) }
    }

    /// The member as it is written, where there is one.
    func spelling(of name: ByteView) -> ByteView {
        guard Self.captureIndex(name) == nil else { return name }
        let bucket = bucket(of: name, hash: hash(name))
        return buckets[bucket] == 0 ? name : members[Int(buckets[bucket]) - 1].name
    }

    /// - Returns: false when the name is new and `limit` members are there already.
    mutating func set(_ name: ByteView, to value: ByteView, limit: Int) -> Bool {
        set(name, hash: hash(name), to: value, limit: limit)
    }

    private mutating func set(_ name: ByteView, hash: UInt32, to value: ByteView, limit: Int) -> Bool {
        if let group = Self.captureIndex(name) {
            captures[group] = value
            return true
        }
        let bucket = bucket(of: name, hash: hash)
        if buckets[bucket] != 0 {
            members[Int(buckets[bucket]) - 1].value = value
            return true
        }
        guard members.count < limit else { return false }
        members.append(Member(name: name, value: value, hash: hash))
        buckets[bucket] = UInt32(members.count)
        if members.count * 2 > buckets.count { grow() }
        return true
    }

    /// Sets the member of a name that lies in the store.
    mutating func set(constant name: ByteView, to value: ByteView, limit: Int) -> Bool {
        if let place = places.find(name) {
            members[place].value = value
            return true
        }
        let hash = constantHash(name)
        guard set(name, hash: hash, to: value, limit: limit) else { return false }
        if !Self.isCapture(name) {
            let place = Int(buckets[bucket(of: name, hash: hash)]) - 1
            places.note(name, hash: hash, member: place)
        }
        return true
    }

    private func constantHash(_ name: ByteView) -> UInt32 { places.hash(of: name) ?? hash(name) }

    /// To be called when the next names come from another rule set.
    mutating func forgetConstants() { places.removeAll() }

    mutating func remove(_ name: ByteView) {
        if let group = Self.captureIndex(name) {
            captures[group] = nil
            return
        }
        let bucket = bucket(of: name, hash: hash(name))
        if buckets[bucket] != 0 { members[Int(buckets[bucket]) - 1].value = nil }
    }

    mutating func clearCaptures() {
        for group in 0..<Self.captureCount { captures[group] = nil }
    }

    mutating func setCapture(_ group: Int, to value: ByteView) { captures[group] = value }

    mutating func removeAll() {
        if !members.isEmpty {
            members.removeAll(keepingCapacity: true)
            for index in buckets.indices { buckets[index] = 0 }
            places.forgetMembers()
        }
        clearCaptures()
    }

    /// Whether the name is that of a capture, `0` to `9`.
    static func isCapture(_ name: ByteView) -> Bool { captureIndex(name) != nil }

    private static func captureIndex(_ name: ByteView) -> Int? {
        name.count == 1 && ASCII.isDigit(name[0]) ? Int(name[0] &- 0x30) : nil
    }

    /// FNV-1a over lower-cased bytes with a seed, its high bits folded into the low ones that choose
    /// the bucket.
    private func hash(_ name: ByteView) -> UInt32 {
        var hash = seed
        for index in name.indices { hash = (hash ^ UInt32(ASCII.lowercased(name[index]))) &* 16_777_619 }
        hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
        return hash ^ hash >> 13
    }

    /// The bucket that holds `name`, or the free one where it belongs.
    private func bucket(of name: ByteView, hash: UInt32) -> Int {
        let mask = buckets.count - 1
        var bucket = Int(hash) & mask
        while buckets[bucket] != 0 {
            let member = members[Int(buckets[bucket]) - 1]
            if member.hash == hash, member.name == name || member.name.equalsIgnoringASCIICase(name) {
                return bucket
            }
            bucket = (bucket + 1) & mask
        }
        return bucket
    }

    private mutating func grow() {
        buckets = ContiguousArray(repeating: 0, count: buckets.count * 2)
        placeAll()
    }

    /// Enters all members into empty buckets.
    private mutating func placeAll() {
        let mask = buckets.count - 1
        for index in members.indices {
            var bucket = Int(members[index].hash) & mask
            while buckets[bucket] != 0 { bucket = (bucket + 1) & mask }
            buckets[bucket] = UInt32(index + 1)
        }
    }
}
