// What stands between a message and its way to the other end.

/// A verdict that a direction of a tunnel waits for.
protocol PendingVerdict: AnyObject {
    /// Nobody waits any more: the tunnel ends.
    func cancel(_ worker: WorkerServices)
}
