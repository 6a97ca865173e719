// `initcol:ip=%{REMOTE_ADDR}`, `expirevar:ip.blocked=3600`, `deprecatevar:session.score=60/300`.

internal import RuleStore

enum CollectionActionParser {
    /// The collections that rules open.
    static let collections = WordTable(
        supported: [
            ("global", VariableName.global), ("ip", .ip), ("resource", .resource),
            ("session", .session), ("user", .user),
        ])

    /// - Returns: nil when the text has another form, which is reported.
    static func parseOpening(
        _ text: PlacedText, into diagnostics: inout Diagnostics
    ) -> CollectionOpening? {
        var cursor = TextCursor(text)
        let name = cursor.take { $0 == UInt8(ascii: "=") }
        guard !name.isEmpty, cursor.take(UInt8(ascii: "=")), !cursor.rest.isEmpty else {
            diagnostics.report(
                .invalidValue(of: "initcol", found: text.string, expected: "collection=key"), at: text)
            return nil
        }
        let found = collections.resolve(name, as: .collection, into: &diagnostics)
        guard let collection = found else { return nil }
        return CollectionOpening(
            collection: collection, key: MacroParser.parse(cursor.rest, into: &diagnostics),
            isOfApplication: false)
    }

    /// - Returns: nil when the text has another form, which is reported.
    static func parseAging(
        _ kind: CollectionAging.Kind, _ text: PlacedText, into diagnostics: inout Diagnostics
    ) -> CollectionAging? {
        var cursor = TextCursor(text)
        let collectionName = cursor.take { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "=") }
        let hasName = cursor.take(UInt8(ascii: "."))
        let name = cursor.take { $0 == UInt8(ascii: "=") }
        guard !collectionName.isEmpty, hasName, !name.isEmpty, cursor.take(UInt8(ascii: "=")),
            !cursor.rest.isEmpty
        else {
            let action = kind == .expire ? "expirevar" : "deprecatevar"
            let form = kind == .expire ? "seconds" : "amount/seconds"
            diagnostics.report(
                .invalidValue(of: action, found: text.string, expected: "collection.name=\(form)"), at: text)
            return nil
        }
        let found = ageing.resolve(
            collectionName, as: .collection, into: &diagnostics)
        guard let collection = found else { return nil }
        return CollectionAging(
            kind: kind, collection: collection, name: MacroParser.parse(name, into: &diagnostics),
            value: MacroParser.parse(cursor.rest, into: &diagnostics))
    }

    /// What a connection remembers ends with it and does not age before.
    private static let ageing = WordTable(
        supported: [
            ("tx", VariableName.tx), ("global", .global), ("ip", .ip), ("resource", .resource),
            ("session", .session), ("user", .user),
        ], unsupported: [("ws", "it ends with its connection and does not age before")])
}
