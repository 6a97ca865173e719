// The tree against the table: names, contexts, arguments, blocks, duplicates, plain values.

/// Turns nodes into directives; what is wrong is reported and left out.
struct DirectiveChecker {
    private var diagnostics: Diagnostics

    static func check(_ nodes: [DirectiveNode], _ diagnostics: inout Diagnostics) -> [Directive] {
        var checker = DirectiveChecker(diagnostics: diagnostics)
        let directives = checker.check(nodes, in: .main)
        diagnostics = checker.diagnostics
        return directives
    }

    private mutating func check(_ nodes: [DirectiveNode], in context: DirectiveContext) -> [Directive] {
        var first: [DirectiveName: SourceLocation] = [:]
        var directives: [Directive] = []
        for node in nodes {
            guard let definition = definition(of: node, in: context) else { continue }
            let name = definition.name
            if let earlier = first[name], !definition.isRepeatable {
                diagnostics.report(
                    node.name.location, .duplicate(what: "\"\(name.spelling)\"", first: earlier))
                continue
            }
            if first[name] == nil { first[name] = node.name.location }
            guard isShaped(node, as: definition) else { continue }
            checkValue(node, definition)
            var directive = Directive(definition: definition, word: node.name, arguments: node.arguments)
            if definition.kind == .chain { directive.chain = node.block }
            if case .block(let inner) = definition.kind, let block = node.block {
                directive.block = check(block, in: inner)
                directive.hadContent = !block.isEmpty
            }
            directives.append(directive)
        }
        return directives
    }

    private mutating func definition(of node: DirectiveNode, in context: DirectiveContext)
        -> DirectiveDefinition?
    {
        let spelling = node.name.text
        if let row = DirectiveTable.row(spelled: spelling, in: context) { return row }
        let elsewhere = DirectiveTable.rows(spelled: spelling)
        let reason: ConfigurationError.Reason
        if elsewhere.isEmpty {
            reason = .unknownDirective(spelling, closest: DirectiveTable.nearest(to: spelling, in: context))
        } else if context == .location, spelling == DirectiveName.location.spelling {
            reason = .refused(directive: spelling, why: "locations inside one another are not supported")
        } else {
            let allowed = elsewhere.flatMap(\.contexts).map(\.rawValue)
            reason = .wrongContext(directive: spelling, found: context.rawValue, allowed: allowed)
        }
        diagnostics.report(node.name.location, reason)
        return nil
    }

    private mutating func isShaped(_ node: DirectiveNode, as definition: DirectiveDefinition) -> Bool {
        let spelling = definition.name.spelling
        let location = node.name.location
        if definition.kind == .simple, node.block != nil {
            diagnostics.report(location, .unexpectedBlock(directive: spelling))
            return false
        }
        if case .block = definition.kind, node.block == nil {
            diagnostics.report(location, .missingBlock(directive: spelling))
            return false
        }
        guard definition.argumentCount.contains(node.arguments.count) else {
            diagnostics.report(
                location,
                .wrongArgumentCount(
                    directive: spelling, expected: definition.argumentCount, found: node.arguments.count))
            return false
        }
        return true
    }

    private mutating func checkValue(_ node: DirectiveNode, _ definition: DirectiveDefinition) {
        guard let argument = node.arguments.first, let expected = definition.syntax.fault(of: argument.text)
        else { return }
        diagnostics.report(
            argument.location,
            .badValue(directive: definition.name.spelling, expected: expected, found: argument.text))
    }
}

extension ArgumentSyntax {
    /// What was expected instead of `text`; nil when it is right.
    fileprivate func fault(of text: String) -> String? {
        switch self {
        case .none, .text: return nil
        case .choice(let words):
            return words.contains(text) ? nil : words.map { "\"\($0)\"" }.joined(separator: ", ")
        case .size(let range):
            guard let bytes = SizeValue.bytes(text) else { return "a size such as 512, 64k or 1m" }
            return range.contains(bytes) ? nil : "\(range.lowerBound) to \(range.upperBound) bytes"
        case .time(let range):
            guard let time = TimeValue.milliseconds(text) else { return "a time such as 30s, 500ms or 1h30m" }
            return range.contains(time) ? nil : "\(range.lowerBound) to \(range.upperBound) milliseconds"
        case .number(let range, let word):
            if text == word { return nil }
            let expected =
                "a number from \(range.lowerBound) to \(range.upperBound)"
                + (word.map { " or \"\($0)\"" } ?? "")
            guard let number = DecimalNumber.parse(text) else { return expected }
            return range.contains(number) ? nil : expected
        }
    }
}
