// Members of a collection: arguments, header fields, cookies.

internal import Bytes

/// One member. Name and value belong to the head, the body or the transaction's arena.
struct NamedValue {
    var name: ByteView
    var value: ByteView
    /// `ByteView.caseInsensitiveHash` of the name.
    var nameHash: UInt32
}

/// Members in the order of arrival; equal names stay separate.
struct NamedValues {
    private(set) var members: ContiguousArray<NamedValue> = []

    var count: Int { members.count }

    mutating func append(name: ByteView, value: ByteView) {
        members.append(NamedValue(name: name, value: value, nameHash: name.caseInsensitiveHash))
    }

    /// All members of that name.
    mutating func remove(_ name: StaticString) {
        let name = ByteView(name)
        members.removeAll { $0.name.equalsIgnoringASCIICase(name) }
    }

    mutating func removeAll() { members.removeAll(keepingCapacity: true) }

    /// The first member of that name, compared without regard to case.
    func first(_ name: ByteView, hash: UInt32) -> NamedValue? {
        for index in members.indices
        where members[index].nameHash == hash && members[index].name.equalsIgnoringASCIICase(name) {
            return members[index]
        }
        return nil
    }

    func first(_ name: StaticString) -> ByteView? {
        let name = ByteView(name)
        return first(name, hash: name.caseInsensitiveHash)?.value
    }
}
