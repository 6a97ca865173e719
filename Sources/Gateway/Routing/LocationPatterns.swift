// The regular expressions of locations: programs that run in place from the router's storage.

internal import Automata
internal import Bytes

/// The pattern programs of one server, in the order of its configuration.
struct LocationPatterns: Sendable {
    private var programs: [PatternProgram] = []

    /// Adds a program. `bytes` must stay readable while self is used.
    ///
    /// - Returns: false for bytes that are no program of this version.
    mutating func append(_ bytes: ByteView) -> Bool {
        do throws(ProgramError) {
            programs.append(try PatternProgram(validating: bytes))
            return true
        } catch {
            return false
        }
    }

    func matches(_ index: Int, _ path: ByteView, _ matcher: PatternMatcher) -> Bool {
        matcher.matches(programs[index], path)
    }
}
