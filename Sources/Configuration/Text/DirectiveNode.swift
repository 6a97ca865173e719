// The tree that a text spells, before anybody asks what the names mean.

/// `name argument ... ;` or `name argument ... { ... }`
struct DirectiveNode: Equatable {
    var name: Word
    var arguments: [Word]
    /// nil for a directive that ends with `;`.
    var block: [DirectiveNode]?
}
