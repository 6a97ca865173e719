// What is known of values that come again and again, request after request: names, and values of header
// fields that clients of one kind all send alike.

internal import Bytes
internal import RuleStore

/// For values met lately the entries that may match them; of all others it is known that they do not.
///
/// What an operator says of a value alone never changes under one rule set, so a value need not be tried
/// again on an entry that it was found not to match. Fixed in size: a value takes the place of another whose
/// hash is like its own. Only names and fields that hold no secret are kept (`VariableName.isMemorable`): how
/// long a value takes would tell a peer whether somebody else has sent the very same one.
struct ValueMemo: ~Copyable {
    /// Where a value is kept, for as long as it has not made room for another.
    struct Place {
        fileprivate(set) var slot: Int32
        fileprivate(set) var serial: UInt32

        static let none = Place(slot: -1, serial: 0)
        var isNone: Bool { slot < 0 }
    }

    private struct Slot {
        var hash: UInt64 = 0
        var identity: UInt64 = 0
        /// Number of the focus under which the value was judged; 0: free.
        var focus = 0
        var byteCount = 0
        var serial: UInt32 = 0
    }

    /// Made at first use: bodies and messages alone need none.
    private var slots: ContiguousArray<Slot> = []
    private(set) var rows: ContiguousArray<UInt64> = []
    private var bytes: ContiguousArray<UInt8> = []
    private var serial: UInt32 = 0

    static let slotCount = 1_024
    /// Longer values are judged each time.
    static let mostBytes = 160
    /// Plans with longer rows are not remembered: 768 entries.
    static let mostWords = 12

    /// Whether the concerns and the value are of a size to be kept.
    static func admits(_ value: ByteView, words: Int) -> Bool {
        value.count <= mostBytes && words <= mostWords
    }

    /// First word of the value's row in `rows`.
    func row(_ place: Place) -> Int { Int(place.slot) * Self.mostWords }

    /// - Parameters:
    ///   - hash: Of the bytes, with a seed that no peer knows.
    ///   - identity: Of the concerns.
    ///   - focus: Number of the state of the plan's focus.
    func find(_ value: ByteView, hash: UInt64, identity: UInt64, focus: Int) -> Place {
        guard !slots.isEmpty else { return .none }
        let index = Self.index(hash, identity)
        for way in 0..<2 {
            let slot = slots[index ^ way]
            guard slot.hash == hash, slot.identity == identity, slot.focus == focus, slot.byteCount == value.count,
                holds(value, at: (index ^ way) * Self.mostBytes)
            else { continue }
            return Place(slot: Int32(index ^ way), serial: slot.serial)
        }
        return .none
    }

    /// Keeps a value for which no entry is ruled out but by what follows: its row is empty.
    mutating func insert(_ value: ByteView, hash: UInt64, identity: UInt64, focus: Int) -> Place {
        if slots.isEmpty {
            slots = ContiguousArray(repeating: Slot(), count: Self.slotCount)
            rows = ContiguousArray(repeating: 0, count: Self.slotCount * Self.mostWords)
            bytes = ContiguousArray(repeating: 0, count: Self.slotCount * Self.mostBytes)
        }
        serial &+= 1
        var index = Self.index(hash, identity)
        // Of two places the one that was filled longer ago.
        if slots[index ^ 1].serial < slots[index].serial { index ^= 1 }
        slots[index] = Slot(
            hash: hash, identity: identity, focus: focus, byteCount: value.count, serial: serial)
        for word in 0..<Self.mostWords { rows[index * Self.mostWords + word] = 0 }
        for byte in value.indices { bytes[index * Self.mostBytes + byte] = value[byte] }
        return Place(slot: Int32(index), serial: serial)
    }

    /// The entry may match the value.
    mutating func admit(_ entry: Int, at place: Place) {
        guard isCurrent(place) else { return }
        rows[row(place) + entry >> 6] |= 1 << UInt64(entry & 63)
    }

    /// The entry was tried on the value and does not match it.
    mutating func ruleOut(_ entry: Int, at place: Place) {
        guard isCurrent(place) else { return }
        rows[row(place) + entry >> 6] &= ~(1 << UInt64(entry & 63))
    }

    private func isCurrent(_ place: Place) -> Bool {
        !place.isNone && slots[Int(place.slot)].serial == place.serial
    }

    private func holds(_ value: ByteView, at start: Int) -> Bool {
        // SAFETY: the view does not outlive the closure.
        unsafe bytes.withUnsafeBytes { kept in
            unsafe ByteView(unowned: UnsafeRawBufferPointer(rebasing: kept[start..<(start + value.count)])) == value
        }
    }

    private static func index(_ hash: UInt64, _ identity: UInt64) -> Int {
        let mixed = (hash ^ identity &* 0x9E37_79B9_7F4A_7C15) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed >> 54)
    }
}

extension VariableName {
    /// Members and values that come again and again and are no secrets: names, the parts of a request
    /// line without its arguments, and fields but those that carry credentials.
    var isMemorable: Bool {
        switch self {
        case .argsNames, .argsGetNames, .argsPostNames, .requestCookiesNames, .requestHeaders,
            .requestHeadersNames, .requestMethod, .requestProtocol, .requestFilename, .requestBasename,
            .responseHeaders, .responseHeadersNames:
            true
        default: false
        }
    }

    /// Whether a member of that name may be remembered.
    func isMemorable(_ name: ByteView?) -> Bool {
        guard self == .requestHeaders || self == .responseHeaders, let name else { return isMemorable }
        return !Self.credentialFields.contains { name.equalsIgnoringASCIICase($0) }
    }

    private static let credentialFields: [StaticString] = [
        "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "Referer",
    ]
}
