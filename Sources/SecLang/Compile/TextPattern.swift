// A pattern that the compiler itself runs, over tags and messages.

internal import Automata
internal import Bytes
internal import RuleStore

final class TextPattern {
    private let bytes: ByteText
    private let program: PatternProgram
    private let matcher = PatternMatcher()

    /// Case counts, and the pattern may match anywhere, as in ModSecurity 2.
    init(_ text: [UInt8]) throws(ProgramCompiler.PatternFault) {
        let draft = try ProgramCompiler.pattern(text, isCaseless: false)
        var buffer = ByteBuffer(reserving: draft.bytes.count)
        buffer.append(contentsOf: draft.bytes)
        bytes = ByteText(buffer.view)
        do throws(ProgramError) {
            program = try PatternProgram(validating: bytes.view)
        } catch {
            preconditionFailure("the compiler's own program is damaged: \(error)")
        }
    }

    func matches(_ text: [UInt8]) -> Bool {
        var buffer = ByteBuffer(reserving: text.count)
        buffer.append(contentsOf: text)
        return matcher.matches(program, buffer.view)
    }
}
