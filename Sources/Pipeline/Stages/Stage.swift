// The interface of a stage.

/// One link of a chain, made in each worker. Its life:
///
///     master    prepare    reads files, makes what the workers need, checks the arguments
///     worker    init       once a generation; what `prepare` made is read in place
///               push       for each stream, in each phase that the description names
///               finish     when a stream is over that it has seen
///
/// A stage is a final class and belongs to one thread. What it keeps between streams is its own; what concerns
/// one stream belongs into tags.
public protocol Stage: AnyObject, SendableMetatype {
    static var description: StageDescription { get }

    /// In the master: makes the bytes that the workers' stages get, and checks the arguments.
    ///
    /// - Parameter read: Gives a file's content; a path that is not absolute is relative to the prefix.
    static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8]

    /// In the worker.
    init(_ setting: StageSetting) throws(StageError)

    func push(_ stream: PipelineStream) -> StageResult

    func finish(_ stream: PipelineStream)
}

extension Stage {
    public static func prepare(
        _ arguments: StageArguments, read: (String) throws(StageError) -> [UInt8]
    ) throws(StageError) -> [UInt8] { [] }

    public func finish(_ stream: PipelineStream) {}
}
