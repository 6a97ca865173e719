// @rx

internal import Automata
internal import Bytes

/// Whether the pattern matches anywhere in the value: bytes, `.` takes every byte, `$` is the very end.
enum RegularExpression {
    static func matches(_ program: PatternProgram, _ value: ByteView, _ matcher: PatternMatcher) -> Bool {
        matcher.matches(program, value)
    }

    /// The places of the whole match and its groups in `groups`; false when nothing matches.
    static func captures(
        _ program: PatternProgram, _ value: ByteView, _ matcher: PatternMatcher,
        into groups: inout [Range<Int>?]
    ) -> Bool {
        matcher.captures(program, value, into: &groups)
    }
}
