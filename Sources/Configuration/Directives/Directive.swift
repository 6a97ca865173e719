// A directive that the table knows, where it may stand and with as many arguments as it takes.

struct Directive: Equatable {
    var definition: DirectiveDefinition
    /// The word that names it, for its place.
    var word: Word
    var arguments: [Word]
    /// Empty for a simple directive.
    var block: [Directive] = []
    /// The stages of a `pipeline` with a block, unchecked; nil for any other directive.
    var chain: [DirectiveNode]?
    /// Whether the block, as written, holds anything: also what was refused.
    var hadContent = false

    var name: DirectiveName { definition.name }
    var location: SourceLocation { word.location }
    /// What is quoted in messages.
    var spelling: String { definition.name.spelling }
}

/// The values of directives whose syntax the table describes. nil where the value is wrong, which
/// the check of the tree has reported.
extension Directive {
    private var onlyArgument: Word? { arguments.first }

    var milliseconds: Int? {
        guard case .time(let range) = definition.syntax, let word = onlyArgument,
            let value = TimeValue.milliseconds(word.text), range.contains(value)
        else { return nil }
        return value
    }

    var sizeBytes: Int? {
        guard case .size(let range) = definition.syntax, let word = onlyArgument,
            let value = SizeValue.bytes(word.text), range.contains(value)
        else { return nil }
        return value
    }

    /// nil also for the word that may stand for a number.
    var number: Int? {
        guard case .number(let range, _) = definition.syntax, let word = onlyArgument,
            let value = DecimalNumber.parse(word.text), range.contains(value)
        else { return nil }
        return value
    }

    var choice: String? {
        guard case .choice(let words) = definition.syntax, let word = onlyArgument, words.contains(word.text)
        else { return nil }
        return word.text
    }
}
