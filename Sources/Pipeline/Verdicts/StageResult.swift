// How a stage hands the stream on.

public enum StageResult {
    /// To the next stage.
    case next
    case verdict(StageVerdict)
    /// The stage waits for something; the runner goes on once it is told.
    case suspend(Suspension)
}
