// Words of one kind: those that are supported with what they mean, and those of the language that
// are not, so that an operator learns whether a word is misspelt or merely missing here.

internal import Bytes

struct WordTable<Value: Sendable>: Sendable {
    enum Entry {
        case supported(Value)
        /// With the reason.
        case unsupported(String)
        /// With the supported or known word that is spelt most like it.
        case unknown(closest: String?)
    }

    private let values: [String: Value]
    private let unsupported: [String: String]
    /// In the spelling of the manuals.
    private let spellings: [String]

    /// - Parameter unsupported: Words that are refused, with the reason that the operator reads.
    init(supported: [(String, Value)], unsupported: [(String, String)] = []) {
        values = Dictionary(
            supported.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { first, _ in first })
        self.unsupported = Dictionary(
            unsupported.map { ($0.0.lowercased(), $0.1) }, uniquingKeysWith: { first, _ in first })
        spellings = supported.map(\.0) + unsupported.map(\.0)
    }

    /// Compares without regard to case, as the language does everywhere.
    func look(up word: String) -> Entry {
        let key = word.lowercased()
        if let value = values[key] { return .supported(value) }
        if let reason = unsupported[key] { return .unsupported(reason) }
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
        case .unsupported(let reason):
            diagnostics.report(.unsupported(kind, text, why: reason), at: word)
        case .unknown(let closest):
            diagnostics.report(.unknown(kind, text, closest: closest), at: word)
        }
        return nil
    }
}
