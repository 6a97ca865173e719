// From lists of phrases to a set that is searched in one pass.

internal import Bytes

/// Builds phrase sets. Linear in the length of all phrases, but for sorting them.
package enum PhraseCompiler {
    /// - Parameter phrases: Bytes; ASCII letters match in either case. Empty ones and repeats are
    ///   left out; a set without phrases matches nothing. Together under 2 GiB.
    package static func compile(_ phrases: [[UInt8]]) -> [UInt8] {
        let folded = Set(phrases.lazy.filter { !$0.isEmpty }.map { $0.map(ASCII.lowercased) })
        return PhraseTrie(sorted: folded.sorted { $0.lexicographicallyPrecedes($1) }).write()
    }
}
