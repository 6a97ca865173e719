// The regular expression of a location, compiled to the program that workers run.

internal import Automata

enum LocationPattern {
    /// As nginx compiles it: `.` is any byte but a line feed, `$` also matches before a last one.
    static func compile(_ pattern: String, isCaseless: Bool) -> Result<[UInt8], ConfigurationError.Reason> {
        let options = PatternOptions(isCaseless: isCaseless, dotMatchesAll: false, dollarIsEndOnly: false)
        do throws(PatternError) {
            return .success(try PatternCompiler.compile(Array(pattern.utf8), options: options))
        } catch {
            return .failure(.badPattern(pattern: pattern, reason: "\(error)"))
        }
    }
}
