// Why a chain is refused.

/// A fault of a pipeline, found when the configuration is compiled.
package struct ChainError: Error, Equatable, Sendable {
    /// `file:line:column` of the stage.
    package var place: String
    package var text: String

    package var description: String { "\(place): error: \(text)" }
}
