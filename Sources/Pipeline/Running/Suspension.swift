// A stage that waits.

/// Stands for the rest of a chain while a stage waits, for a timer or an answer from elsewhere.
///
/// The stage keeps it and calls `resume` once, on the same thread; later calls do nothing. If that does not
/// happen within the stage's time-out, the chain goes on without the stage.
public final class Suspension {
    /// When to go on without being told, in milliseconds from now; nil: the stage's time-out.
    public let milliseconds: Int?
    /// Never goes on by itself.
    package private(set) var isUntimed = false
    /// What happens then.
    package let afterwards: StageResult
    package var continuation: ((StageResult) -> Void)?
    /// Told before anybody listened.
    package private(set) var early: StageResult?
    package private(set) var isOver = false
    /// Nobody waits any more: the stream has ended.
    package var cancelled: (() -> Void)?

    /// - Parameters:
    ///   - milliseconds: Goes on by itself after so long.
    ///   - afterwards: With this result.
    public init(milliseconds: Int? = nil, then afterwards: StageResult = .next) {
        self.milliseconds = milliseconds
        self.afterwards = afterwards
    }

    /// For what ends in any case, by itself or with the stream.
    package static func untimed() -> Suspension {
        let suspension = Suspension()
        suspension.isUntimed = true
        return suspension
    }

    /// The stage has what it waited for.
    public func resume(_ result: StageResult) {
        guard !isOver else { return }
        isOver = true
        guard let continuation else {
            early = result
            return
        }
        self.continuation = nil
        continuation(result)
    }

    package func cancel() {
        isOver = true
        continuation = nil
        cancelled?()
        cancelled = nil
    }
}
