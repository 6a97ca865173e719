// The one place that calls the compilers of `Automata`.

internal import Automata
internal import RuleStore

enum ProgramCompiler {
    /// Why a pattern is refused, for the operator to read.
    struct PatternFault: Error {
        /// Bytes from the pattern's begin, 0 to its length.
        var offset: Int
        var reason: String
    }

    /// An @rx argument: `.` matches line ends, `$` only the very end, case counts (as in
    /// ModSecurity 2: PCRE_DOTALL and PCRE_DOLLAR_ENDONLY).
    static func pattern(_ text: [UInt8], isCaseless: Bool) throws(PatternFault) -> ProgramDraft {
        var options = PatternOptions()
        options.isCaseless = isCaseless
        do throws(PatternError) {
            let bytes = try PatternCompiler.compile(text, options: options)
            return ProgramDraft(kind: .pattern, bytes: bytes)
        } catch {
            throw fault(of: error, in: text)
        }
    }

    private static func fault(of error: PatternError, in text: [UInt8]) -> PatternFault {
        switch error {
        case .syntax(let offset, let reason):
            PatternFault(offset: min(offset, text.count), reason: "\(reason)")
        case .notRegular(let offset, let construct):
            PatternFault(offset: min(offset, text.count), reason: "\(construct) is not supported")
        case .tooLarge:
            PatternFault(offset: 0, reason: "\(error)")
        }
    }

    static func phrases(_ phrases: [[UInt8]]) -> ProgramDraft {
        ProgramDraft(kind: .phrases, bytes: PhraseCompiler.compile(phrases))
    }

    /// - Returns: nil when one of the items is no address; `isAddress` tells which.
    static func addresses(_ items: [String]) -> ProgramDraft? {
        do throws(AddressError) {
            return ProgramDraft(kind: .addresses, bytes: try AddressCompiler.compile(items))
        } catch {
            return nil
        }
    }

    static func isAddress(_ item: String) -> Bool { addresses([item]) != nil }
}
