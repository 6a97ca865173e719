// Texts with macros as records.

/// Lays out texts, each distinct one once. Text 0 is the empty one.
struct TextTable {
    /// Per text: first part, number of parts.
    private(set) var texts: [UInt32] = [0, 0]
    /// Per part: variable (0: a literal), whether there is a key, offset, count and hash of the
    /// literal or key.
    private(set) var parts: [UInt32] = []
    private var known: [MacroText: UInt32] = [:]

    mutating func index(of text: MacroText, strings: inout StringPool) -> UInt32 {
        guard !text.isEmpty else { return 0 }
        if let index = known[text] { return index }
        let index = UInt32(texts.count / 2)
        texts += [UInt32(parts.count / 5), UInt32(text.parts.count)]
        for part in text.parts {
            switch part {
            case .literal(let bytes):
                let place = strings.place(bytes)
                parts += [0, 0, place.offset, place.count, 0]
            case .variable(let variable, let key):
                let place = strings.place(key ?? [])
                parts += [
                    variable.rawValue, key == nil ? 0 : 1, place.offset, place.count,
                    FieldName.hash(key ?? []),
                ]
            }
        }
        known[text] = index
        return index
    }
}
