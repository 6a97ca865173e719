// @pm and @pmFromFile

internal import Automata
internal import Bytes

/// Whether one of the phrases stands in the value, in any case.
enum PhraseMatch {
    /// Where the phrase that ends first stands.
    static func find(_ program: PhraseProgram, in value: ByteView) -> Range<Int>? {
        program.firstMatch(in: value)
    }
}
