// What stages leave for those behind them.

/// A finding of one stage. Tags live through all phases of a stream.
public struct StreamTag: Equatable, Sendable {
    /// Name of the stage that set it.
    public var stage: String
    public var name: String
    public var value: String

    public init(stage: String, name: String, value: String) {
        self.stage = stage
        self.name = name
        self.value = value
    }
}
