// waf_rules_file: patterns to files.

enum RuleFileReader {
    /// The files of one line, sorted. `off` names none.
    static func read(
        _ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> [RuleFile] {
        guard let argument = directive.arguments.first, argument.text != "off" else { return [] }
        return read(argument, directive: directive.spelling, context, &diagnostics)
    }

    /// The files of one argument.
    static func read(
        _ argument: Word, directive: String, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> [RuleFile] {
        let path = context.paths.besideConfiguration(argument.text)
        guard !argument.text.isEmpty else {
            diagnostics.report(
                argument.location,
                .badValue(directive: directive, expected: "a file", found: argument.text))
            return []
        }
        let found = GlobPattern.sorted(context.files.glob(path))
        if found.isEmpty {
            if GlobPattern.hasWildcard(path) {
                diagnostics.warn(argument.location, .noFileMatches(pattern: path))
            } else {
                diagnostics.report(argument.location, .noSuchFile(path: path))
            }
        }
        return found.map { RuleFile(path: $0, location: argument.location) }
    }
}
