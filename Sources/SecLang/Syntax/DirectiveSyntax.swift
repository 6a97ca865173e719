// One directive of rule text: the syntax tree's root.

struct DirectiveSyntax: Sendable {
    enum Body: Sendable {
        /// SecRule
        case rule([VariableSyntax], OperatorSyntax, [ActionSyntax])
        /// SecAction
        case action([ActionSyntax])
        /// SecMarker
        case marker(PlacedText)
        /// Any other, known or not.
        case other(arguments: [PlacedText])
        /// A SecRule, SecAction or SecMarker whose arguments can not be told apart: reported.
        case broken
    }

    var name: PlacedText
    var body: Body
}
