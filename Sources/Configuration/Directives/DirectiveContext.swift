// The blocks that directives stand in.

package enum DirectiveContext: String, CaseIterable, Sendable {
    /// Outside all blocks.
    case main
    case events
    case http
    case server
    case location
    case upstream
}
