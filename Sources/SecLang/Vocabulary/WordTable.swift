// Words of one kind: those that are supported with what they mean, and those of the language that
// are not, so that an operator learns whether a word is misspelt or merely missing here.

internal import Bytes

struct WordTable<Value: Sendable>: Sendable {
    enum Entry {
        case supported(Value)
        case unsupported
        /// With the supported or known word that is spelt most like it.
        case unknown(closest: String?)
    }

    private let values: [String: Value]
    private let unsupported: Set<String>
    /// In the spelling of the manuals.
    private let spellings: [String]

    init(supported: [(String, Value)], unsupported: [String] = []) {
        values = Dictionary(
            supported.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { first, _ in first })
        self.unsupported = Set(unsupported.map { $0.lowercased() })
        spellings = supported.map(\.0) + unsupported
    }

    /// Compares without regard to case, as the language does everywhere.
    func look(up word: String) -> Entry {
        let key = word.lowercased()
        if let value = values[key] { return .supported(value) }
        if unsupported.contains(key) { return .unsupported }
        return .unknown(closest: Spelling.closest(to: word, in: spellings))
    }

    /// The meaning of `word`; nil with a report when it has none here.
    func resolve(
        _ word: PlacedText, as kind: RuleError.Word, into diagnostics: inout Diagnostics
    ) -> Value? {
        let text = word.string
        switch look(up: text) {
        case .supported(let value):
            return value
        case .unsupported:
            diagnostics.report(.unsupported(kind, text), at: word)
        case .unknown(let closest):
            diagnostics.report(.unknown(kind, text, closest: closest), at: word)
        }
        return nil
    }
}
