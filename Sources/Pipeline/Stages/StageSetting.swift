// What a worker gives a stage when it is made.

public struct StageSetting {
    public var arguments: StageArguments
    /// What `prepare` made.
    package var data: [UInt8]
    /// What all workers share: counters, bans.
    package var shared: (any StageSharing)?

    /// Without what `prepare` makes: for tests of stages that need nothing of it.
    public init(_ arguments: StageArguments) {
        self.arguments = arguments
        data = []
        shared = nil
    }

    package init(_ arguments: StageArguments, data: [UInt8], shared: (any StageSharing)? = nil) {
        self.arguments = arguments
        self.data = data
        self.shared = shared
    }

    /// Lends what `prepare` made.
    public func withData<Result>(_ body: (Span<UInt8>) -> Result) -> Result { body(data.span) }
}
