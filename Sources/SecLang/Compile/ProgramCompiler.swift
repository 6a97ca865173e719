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

    /// The pattern of a `/selector/`: without regard to case, and regular.
    static func selector(_ text: [UInt8]) throws(PatternFault) -> ProgramDraft {
        do throws(PatternError) {
            let bytes = try PatternCompiler.compile(text, options: PatternOptions(isCaseless: true))
            return ProgramDraft(kind: .pattern, bytes: bytes)
        } catch {
            throw fault(of: error, in: text)
        }
    }

    /// The pattern of an operator; by default as of @rx: `.` matches line ends, `$` only the very end,
    /// case counts (as in ModSecurity 2: PCRE_DOTALL and PCRE_DOLLAR_ENDONLY).
    ///
    /// What no finite automaton can run, or only a very large one, is left to PCRE2.
    static func pattern(
        _ text: [UInt8], options: PatternOptions = PatternOptions()
    ) throws(PatternFault) -> ProgramDraft {
        do throws(PatternError) {
            return ProgramDraft(
                kind: .pattern, bytes: try PatternCompiler.compile(text, options: options),
                gate: GateCompiler.pattern(text, options: options))
        } catch {
            switch error {
            case .syntax: throw fault(of: error, in: text)
            case .notRegular, .tooLarge: return try backtracking(text, options)
            }
        }
    }

    private static func backtracking(
        _ text: [UInt8], _ options: PatternOptions
    ) throws(PatternFault) -> ProgramDraft {
        do throws(BacktrackingError) {
            let bytes = try BacktrackingFormat.encode(text, options: options)
            return ProgramDraft(kind: .backtracking, bytes: bytes)
        } catch {
            throw PatternFault(offset: error.offset, reason: error.reason)
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
        ProgramDraft(
            kind: .phrases, bytes: PhraseCompiler.compile(phrases), gate: GateCompiler.phrases(phrases))
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
