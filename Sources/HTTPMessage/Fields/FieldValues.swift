// The lines of one field, one after the other: RFC 9110 section 5.3.

package import Bytes

/// The values of fields of one name, read in place.
///
/// Valid until the fields are next changed; allocates nothing.
package struct FieldValues: Sequence, IteratorProtocol {
    enum Wanted {
        case known(KnownField)
        case name(ByteView)
    }

    let entries: [HeaderFields.Entry]
    let bytes: ByteView
    let wanted: Wanted
    private var position = 0

    init(entries: [HeaderFields.Entry], bytes: ByteView, wanted: Wanted) {
        self.entries = entries
        self.bytes = bytes
        self.wanted = wanted
    }

    package mutating func next() -> ByteView? {
        while position < entries.count {
            let entry = entries[position]
            position += 1
            let isWanted =
                switch wanted {
                case .known(let field): entry.known == field
                case .name(let name): entry.name(in: bytes).equalsIgnoringASCIICase(name)
                }
            if isWanted { return entry.value(in: bytes) }
        }
        return nil
    }
}
