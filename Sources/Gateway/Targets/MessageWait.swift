// A message that has been asked about.

internal import RemoteInspection

/// Known to its inquiry and, while the message waits, to its tunnel.
final class MessageWait: PendingVerdict {
    let desk: TargetDesk
    /// The receiver does without the message, if it must.
    let mayDrop: Bool
    /// nil once the answer is there.
    var inquiry: Inquiry?
    /// Set while the question is put: an answer that comes meanwhile is kept in `early`.
    var isStarting = true
    var early: Inquiry.Outcome?

    init(_ desk: TargetDesk, mayDrop: Bool) {
        self.desk = desk
        self.mayDrop = mayDrop
    }

    /// Nobody waits any more.
    func cancel(_ worker: WorkerServices) {
        guard let inquiry else { return }
        self.inquiry = nil
        inquiry.cancel()
        desk.abandoned(now: worker.now)
    }
}
