// The regular expression of a location, compiled to the program that workers run.

internal import Automata

enum LocationPattern {
    /// As nginx compiles it: `.` is any byte but a line feed. `$` is the very end.
    static func compile(_ pattern: String, isCaseless: Bool) -> Result<[UInt8], ConfigurationError.Reason> {
        var options = PatternOptions()
        options.isCaseless = isCaseless
        options.dotMatchesAll = false
        do throws(PatternError) {
            return .success(try PatternCompiler.compile(Array(pattern.utf8), options: options))
        } catch {
            return .failure(.badPattern(pattern: pattern, reason: "\(error)"))
        }
    }
}
