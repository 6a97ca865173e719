// From the text of a file to its directives. Knows the forms of the language, not its words: what
// is misspelt or not supported is found when the tree is compiled.

enum DirectiveParser {
    /// - Parameter number: What `Diagnostics.open` gave the file.
    static func parse(
        _ file: SourceFile, number: Int, into diagnostics: inout Diagnostics
    ) -> [DirectiveSyntax] {
        var directives: [DirectiveSyntax] = []
        for line in LogicalLines(of: file, number: number) {
            directives.append(parse(line, &diagnostics))
        }
        return directives
    }

    private static func parse(
        _ line: PlacedText, _ diagnostics: inout Diagnostics
    ) -> DirectiveSyntax {
        guard let words = ArgumentSplitter.split(line, into: &diagnostics), let name = words.first else {
            return DirectiveSyntax(name: line[0..<min(1, line.count)], body: .broken)
        }
        let arguments = Array(words.dropFirst())
        let body: DirectiveSyntax.Body
        switch name.string.lowercased() {
        case "secrule":
            body = parseRule(name, arguments, &diagnostics)
        case "secaction":
            guard check(arguments, 1...1, of: "SecAction", name, &diagnostics) else {
                return DirectiveSyntax(name: name, body: .broken)
            }
            body = .action(ActionSyntax.parseList(arguments[0], into: &diagnostics))
        case "secmarker":
            guard check(arguments, 1...1, of: "SecMarker", name, &diagnostics) else {
                return DirectiveSyntax(name: name, body: .broken)
            }
            body = .marker(arguments[0])
        default:
            body = .other(arguments: arguments)
        }
        return DirectiveSyntax(name: name, body: body)
    }

    private static func parseRule(
        _ name: PlacedText, _ arguments: [PlacedText], _ diagnostics: inout Diagnostics
    ) -> DirectiveSyntax.Body {
        guard check(arguments, 2...3, of: "SecRule", name, &diagnostics) else { return .broken }
        let variables = VariableListParser.parse(arguments[0], into: &diagnostics)
        let test = OperatorSyntax.parse(arguments[1], into: &diagnostics)
        let actions =
            arguments.count == 3 ? ActionSyntax.parseList(arguments[2], into: &diagnostics) : []
        return .rule(variables, test, actions)
    }

    /// Whether the number of arguments fits; the first one too many is pointed at.
    private static func check(
        _ arguments: [PlacedText], _ expected: ClosedRange<Int>, of directive: String,
        _ name: PlacedText, _ diagnostics: inout Diagnostics
    ) -> Bool {
        guard !expected.contains(arguments.count) else { return true }
        let place = arguments.count > expected.upperBound ? arguments[expected.upperBound] : name
        diagnostics.report(
            .wrongArgumentCount(directive: directive, expected: expected, found: arguments.count),
            at: place)
        return false
    }
}
