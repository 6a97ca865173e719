// From lists of phrases to a set that is searched in one pass.

internal import Bytes

/// Builds phrase sets. Linear in the length of all phrases, but for sorting them.
package enum PhraseCompiler {
    /// - Parameter phrases: Bytes; ASCII letters match in either case. Empty ones and repeats are
    ///   left out; a set without phrases matches nothing. Together under 2 GiB.
    package static func compile(_ phrases: [[UInt8]]) -> [UInt8] {
        let written = phrases.filter { !$0.isEmpty }
        let folded = Set(written.lazy.map { $0.map(ASCII.lowercased) })
        let sorted = folded.sorted { $0.lexicographicallyPrecedes($1) }
        return PhraseTrie(sorted: sorted, spellings: spellings(of: folded, in: written)).write()
    }

    /// How the phrases that a search can find were written, where that is not in lower case: as the
    /// first phrase begins that they are a beginning of, as in ModSecurity 2.
    private static func spellings(of phrases: Set<[UInt8]>, in written: [[UInt8]]) -> [[UInt8]: [UInt8]] {
        var spellings: [[UInt8]: [UInt8]] = [:]
        for phrase in written {
            var beginning: [UInt8] = []
            for byte in phrase {
                beginning.append(ASCII.lowercased(byte))
                guard phrases.contains(beginning) else { continue }
                // The shortest is what a search finds.
                if spellings[beginning] == nil { spellings[beginning] = Array(phrase[..<beginning.count]) }
                break
            }
        }
        return spellings.filter { $0.key != $0.value }
    }
}
