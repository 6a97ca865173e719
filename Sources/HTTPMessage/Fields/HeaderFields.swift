// The fields of one head: one copy of the head's bytes and where in it each field lies.
// RFC 9110 section 5.

package import Bytes

/// Fields in the order of their arrival, with an index of those in ``KnownField``.
///
/// The memory is kept over `reset()`, so that a reused value allocates nothing. All views handed
/// out are valid until the value is next changed.
package struct HeaderFields: ~Copyable {
    package struct Entry: Sendable {
        var nameStart: UInt32
        var nameCount: UInt32
        var valueStart: UInt32
        var valueCount: UInt32
        var known: KnownField?
        var isHopByHop = false
    }

    private var bytes = ByteBuffer()
    private(set) var entries: [Entry] = []
    /// Which known fields there are at least one of.
    package private(set) var present: KnownFieldSet = []
    /// Which known fields have more than one line.
    package private(set) var repeated: KnownFieldSet = []
    /// Index into `entries` of a known field's first line; means something where `present` has it.
    private var firstEntry = InlineArray<64, UInt16>(repeating: 0)

    package init() {}

    /// Lines that the index can tell apart; parsers stop before.
    package static var maxCount: Int { Int(UInt16.max) }

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }
    package var indices: Range<Int> { entries.indices }
    /// Everything that was adopted: with HTTP/1 the start line and all lines up to the last read.
    package var storedBytes: ByteView { bytes.view }

    package func name(_ index: Int) -> ByteView {
        entries[index].name(in: bytes.view)
    }

    /// The value without blanks around it.
    package func value(_ index: Int) -> ByteView {
        entries[index].value(in: bytes.view)
    }

    package func known(_ index: Int) -> KnownField? { entries[index].known }

    /// Whether the field goes no further than this hop; says so once ``HopByHop`` has looked.
    package func isHopByHop(_ index: Int) -> Bool { entries[index].isHopByHop }

    package func contains(_ field: KnownField) -> Bool { present.contains(field) }
    package func isRepeated(_ field: KnownField) -> Bool { repeated.contains(field) }

    /// The value of the first line of `field`.
    package func first(_ field: KnownField) -> ByteView? {
        guard present.contains(field) else { return nil }
        return value(Int(firstEntry[Int(field.rawValue)]))
    }

    /// The only line of `field`; nil when there is none or more than one.
    package func only(_ field: KnownField) -> ByteView? {
        isRepeated(field) ? nil : first(field)
    }

    // MARK: Building

    /// Forgets all fields and keeps the memory.
    package mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        present = []
        repeated = []
    }

    /// Forgets all fields and gives the memory back.
    package mutating func releaseMemory() {
        bytes.removeAll(keepingCapacity: false)
        entries = []
        present = []
        repeated = []
    }

    /// Adds one field, copying its name and value. The caller has checked both.
    package mutating func append(name: ByteView, value: ByteView) {
        let start = bytes.count
        bytes.append(name)
        bytes.append(value)
        let middle = start + name.count
        note(name: name, at: start, value: middle..<(middle + value.count))
    }

    /// Takes a copy of a piece of a head, for ``note(name:at:value:)`` to point into.
    package mutating func adopt(_ piece: ByteView) { bytes.append(piece) }

    /// Adds the field that lies at the given places of the adopted bytes.
    ///
    /// A parser may note fields first and adopt all their bytes at once, as long as it does so
    /// before anybody reads them.
    package mutating func note(name: ByteView, at nameStart: Int, value: Range<Int>) {
        precondition(entries.count < Self.maxCount, "more fields than the index can tell apart")
        let known = KnownField.identify(name)
        if let known { index(known, entries.count) }
        entries.append(
            Entry(
                nameStart: UInt32(nameStart), nameCount: UInt32(name.count),
                valueStart: UInt32(value.lowerBound), valueCount: UInt32(value.count), known: known))
    }

    /// Takes out every line of `field`. Linear in the number of fields.
    package mutating func removeAll(_ field: KnownField) {
        guard present.contains(field) else { return }
        entries.removeAll { $0.known == field }
        indexAnew()
    }

    /// Takes out the fields at those positions, of which there are as many as fields.
    mutating func remove(where isRemoved: [Bool]) {
        var kept = 0
        for position in entries.indices where !isRemoved[position] {
            entries[kept] = entries[position]
            kept += 1
        }
        entries.removeLast(entries.count - kept)
        indexAnew()
    }

    /// Adds bytes that are here already once more, for ``setValue(_:at:)`` to point into.
    ///
    /// - Returns: Where the copy ends.
    mutating func adoptCopy(of range: Range<Int>) -> Int {
        bytes.appendCopy(of: range)
        return bytes.count
    }

    /// - Parameter range: Of the adopted bytes.
    mutating func setValue(_ range: Range<Int>, at index: Int) {
        entries[index].valueStart = UInt32(range.lowerBound)
        entries[index].valueCount = UInt32(range.count)
    }

    mutating func setHopByHop(_ isHopByHop: Bool, at index: Int) {
        entries[index].isHopByHop = isHopByHop
    }

    private mutating func indexAnew() {
        present = []
        repeated = []
        for position in entries.indices {
            if let known = entries[position].known { index(known, position) }
        }
    }

    private mutating func index(_ field: KnownField, _ position: Int) {
        if present.contains(field) {
            repeated.insert(KnownFieldSet(field))
        } else {
            present.insert(KnownFieldSet(field))
            firstEntry[Int(field.rawValue)] = UInt16(position)
        }
    }
}

extension HeaderFields.Entry {
    func name(in bytes: ByteView) -> ByteView {
        bytes[Int(nameStart)..<Int(nameStart) + Int(nameCount)]
    }

    func value(in bytes: ByteView) -> ByteView { bytes[valueRange] }

    var valueRange: Range<Int> { Int(valueStart)..<Int(valueStart) + Int(valueCount) }
}
