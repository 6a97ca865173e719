// A rule set as the compiler of rule text hands it to the store: plain values, every name
// resolved, every pattern compiled. `RuleSetEncoder` turns it into bytes, `RuleSetView` reads
// those in place; nothing else knows the layout.

package import Bytes

/// A compiled rule set before it is laid out.
package struct RuleSetDraft: Sendable {
    package var settings = EngineSettings()
    /// In the order of loading. The links of a chain follow their starter directly.
    package var rules: [RuleDraft] = []
    /// Compiled programs of operators; rules refer to them by index, so that equal patterns share one.
    package var programs: [ProgramDraft] = []
    /// Which rules a ctl names: ranges of indices into `rules`, of whole chains, in order.
    package var selections: [[Range<Int>]] = []

    package init() {}
}

/// A compiled matcher: position-independent bytes that `Automata` reads in place.
package struct ProgramDraft: Equatable, Hashable, Sendable {
    package enum Kind: UInt32, Sendable {
        case pattern = 1, phrases, addresses
        /// A pattern that needs backtracking: its text, for PCRE2.
        case backtracking
        /// 256 bits, one for each byte, the lowest bit of the first byte for NUL.
        case byteSet
        /// A MaxMind DB file.
        case locations
        /// The text of a grammar, for libxml2.
        case dtd, xmlSchema
    }
    package var kind: Kind
    package var bytes: [UInt8]
    /// What a value must have to match; nil: nothing is known.
    package var gate: ByteGate?

    package init(kind: Kind, bytes: [UInt8], gate: ByteGate? = nil) {
        self.kind = kind
        self.bytes = bytes
        self.gate = gate
    }
}

/// Text with macros: `%{tx.score} of %{MATCHED_VAR}`.
package struct MacroText: Equatable, Hashable, Sendable {
    package enum Part: Equatable, Hashable, Sendable {
        case literal([UInt8])
        /// `%{ARGS.id}`: the variable, and behind the dot the key as written.
        case variable(VariableName, key: [UInt8]?)
    }
    package var parts: [Part]

    package init(parts: [Part]) { self.parts = parts }
    package init(literal: String) { parts = literal.isEmpty ? [] : [.literal(Array(literal.utf8))] }

    package var isEmpty: Bool { parts.isEmpty }
    package var hasMacros: Bool {
        parts.contains { if case .variable = $0 { true } else { false } }
    }
}
