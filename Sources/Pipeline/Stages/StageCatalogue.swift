// The stages that a program knows, by name.

/// Filled when the program is built: the built-in stages, and users' own.
public struct StageCatalogue: Sendable {
    private var types: [String: any Stage.Type] = [:]
    /// In the order in which they were added.
    public private(set) var descriptions: [StageDescription] = []

    public init() {}

    /// A second stage of a name takes the place of the first.
    public mutating func add(_ type: any Stage.Type) {
        let description = type.description
        if types.updateValue(type, forKey: description.name) != nil {
            descriptions.removeAll { $0.name == description.name }
        }
        descriptions.append(description)
    }

    package func type(named name: String) -> (any Stage.Type)? { types[name] }

    package func description(of name: String) -> StageDescription? { types[name]?.description }

    package var names: [String] { descriptions.map(\.name) }
}
