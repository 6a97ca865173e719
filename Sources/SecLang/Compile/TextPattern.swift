// A pattern that the compiler itself runs, over tags and messages.

internal import Automata
internal import Bytes
internal import RuleStore

final class TextPattern {
    private let bytes: ByteText
    private let program: Program
    private let matcher = PatternMatcher()
    private let backtracking = BacktrackingMatcher()

    private enum Program {
        case regular(PatternProgram)
        case backtracking(BacktrackingPattern)
    }

    /// Case counts, and the pattern may match anywhere, as in ModSecurity 2.
    init(_ text: [UInt8]) throws(ProgramCompiler.PatternFault) {
        let draft = try ProgramCompiler.pattern(text)
        var buffer = ByteBuffer(reserving: draft.bytes.count)
        buffer.append(contentsOf: draft.bytes)
        bytes = ByteText(buffer.view)
        do throws(ProgramError) {
            program =
                draft.kind == .pattern
                ? .regular(try PatternProgram(validating: bytes.view))
                : .backtracking(try BacktrackingPattern(validating: bytes.view))
        } catch {
            preconditionFailure("the compiler's own program is damaged: \(error)")
        }
    }

    func matches(_ text: [UInt8]) -> Bool {
        var buffer = ByteBuffer(reserving: text.count)
        buffer.append(contentsOf: text)
        return switch program {
        case .regular(let pattern): matcher.matches(pattern, buffer.view)
        // Labels are short: the limits are not for them.
        case .backtracking(let pattern): backtracking.match(pattern, buffer.view) == .match
        }
    }
}
