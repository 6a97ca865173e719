// How the vocabulary is written down: words of one class with the reason why they are in it.

/// Words that mean the same to the detector.
struct SQLWordGroup: Sendable {
    let type: SQLTokenType
    let traits: SQLTokenTraits
    /// Upper case, divided by white space; `+` stands for the space inside a phrase. The beginnings of a
    /// phrase need not be listed: they become names unless a group says otherwise.
    let text: String

    init(_ type: SQLTokenType, traits: SQLTokenTraits = [], _ text: String) {
        self.type = type
        self.traits = traits
        self.text = text
    }

    /// The whole vocabulary. A word that several groups hold keeps the class of the first.
    static var all: [SQLWordGroup] {
        statements + clauses + operators + values + types + standardFunctions + serverFunctions
    }
}
