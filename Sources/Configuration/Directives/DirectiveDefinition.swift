// One row of the table of directives.

package struct DirectiveDefinition: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// Ends with `;`.
        case simple
        /// Ends with a block, whose directives stand in a context of their own.
        case block(DirectiveContext)
        /// Ends with `;`, or with a block of stages, which are no directives.
        case chain

        package var isSimple: Bool { self == .simple }
    }

    package var name: DirectiveName
    package var contexts: [DirectiveContext]
    package var kind = Kind.simple
    package var argumentCount: ClosedRange<Int>
    /// Whether it may stand more than once in one block.
    package var isRepeatable = false
    package var syntax: ArgumentSyntax
    /// What holds without the directive, as it would be written; empty: nothing.
    package var defaultText: String
    /// One line that tells an operator what it does.
    package var help: String

    init(
        _ name: DirectiveName, in contexts: [DirectiveContext], block: DirectiveContext? = nil,
        kind: Kind = .simple,
        arguments: ClosedRange<Int> = 1...1, isRepeatable: Bool = false, _ syntax: ArgumentSyntax,
        default defaultText: String = "", _ help: String
    ) {
        self.name = name
        self.contexts = contexts
        self.kind = block.map { .block($0) } ?? kind
        argumentCount = arguments
        self.isRepeatable = isRepeatable
        self.syntax = syntax
        self.defaultText = defaultText
        self.help = help
    }
}
