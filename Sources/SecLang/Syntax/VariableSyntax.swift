// One variable of a rule's list, as written.

struct VariableSyntax: Sendable {
    enum Selector: Sendable {
        case none
        /// `NAME:key`, `NAME:'quoted key'`
        case key(PlacedText)
        /// `NAME:/pattern/`, `NAME:'/pattern/'`: what stands between the slashes.
        case pattern(PlacedText)
        /// `XML:/*`: an XPath expression, whose slashes enclose nothing.
        case path(PlacedText)
    }

    var name: PlacedText
    var selector = Selector.none
    /// `&NAME`
    var isCounted = false
    /// `!NAME`
    var isExcluded = false
}
