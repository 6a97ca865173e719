// `shared_dict NAME SIZE [redis=HOST:PORT ...]`

internal import SharedDictionary

/// Collects the dictionaries of a configuration.
struct DictionaryReader {
    private var found: [(settings: DictionarySettings, location: SourceLocation)] = []

    /// All that are to be made: that of the collections is always there.
    var settings: [DictionarySettings] {
        let others = found.map(\.settings).filter { $0.name != DictionarySettings.collectionsName }
        let collections = found.map(\.settings).first { $0.name == DictionarySettings.collectionsName }
        return [collections ?? .collections] + others
    }

    mutating func read(_ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics) {
        let name = directive.arguments[0]
        let size = directive.arguments[1]
        guard DictionarySettings.isName(name.text) else {
            diagnostics.report(
                name.location,
                .badValue(
                    directive: directive.spelling,
                    expected:
                        "a name of at most \(TableLimits.dictionaryNameBytes) letters, digits, _ and -",
                    found: name.text))
            return
        }
        let range = TableLimits.fileBytes
        guard let bytes = SizeValue.bytes(size.text), range.contains(bytes) else {
            diagnostics.report(
                size.location,
                .badValue(
                    directive: directive.spelling,
                    expected: "a size of \(range.lowerBound) to \(range.upperBound) bytes, such as 16m",
                    found: size.text))
            return
        }
        if let first = found.first(where: { $0.settings.name == name.text }) {
            diagnostics.report(
                name.location, .duplicate(what: "dictionary \"\(name.text)\"", first: first.location))
            return
        }
        let redis = RedisReader.read(directive, context, &diagnostics)
        found.append((DictionarySettings(name: name.text, bytes: bytes, redis: redis), name.location))
        if settings.count > TableLimits.dictionaries {
            diagnostics.report(
                name.location,
                .refused(
                    directive: directive.spelling,
                    why: "there are more than \(TableLimits.dictionaries) dictionaries"))
        }
    }
}
