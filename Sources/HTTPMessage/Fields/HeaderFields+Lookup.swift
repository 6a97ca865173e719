// Finding fields by name, and tokens in fields that hold lists.

package import Bytes

extension HeaderFields {
    /// The value of the first field of that name, without regard to case. Linear in the number of
    /// fields unless the name is a known one.
    package func first(_ name: ByteView) -> ByteView? {
        if let known = KnownField.identify(name) { return first(known) }
        for index in indices where self.name(index).equalsIgnoringASCIICase(name) {
            return value(index)
        }
        return nil
    }

    package func first(_ name: StaticString) -> ByteView? { first(ByteView(name)) }

    /// All values of `field`, in order.
    package func values(of field: KnownField) -> FieldValues {
        FieldValues(entries: contains(field) ? entries : [], bytes: storedBytes, wanted: .known(field))
    }

    /// All values of the fields of that name, without regard to case.
    package func values(of name: ByteView) -> FieldValues {
        if let known = KnownField.identify(name) { return values(of: known) }
        return FieldValues(entries: entries, bytes: storedBytes, wanted: .name(name))
    }

    package func values(of name: StaticString) -> FieldValues { values(of: ByteView(name)) }

    /// Whether one of the list elements of `field`, over all its lines, is `token` (without regard
    /// to case; RFC 9110 section 5.6.1).
    package func containsToken(_ field: KnownField, _ token: StaticString) -> Bool {
        guard contains(field) else { return false }
        let token = ByteView(token)
        for value in values(of: field) {
            for element in ListElements(value) where element.equalsIgnoringASCIICase(token) {
                return true
            }
        }
        return false
    }
}
