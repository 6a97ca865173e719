// How long a slot stays empty after its worker ended by itself.

/// Counts a slot's failures in a row.
///
/// The first restarts come at once, so that a single crash costs milliseconds; a worker that can
/// not live is tried more and more rarely, at least once in `longestRestartDelay`.
package struct RestartBackOff: Equatable, Sendable {
    private var failures = 0

    package init() {}

    /// - Parameter livedMilliseconds: From the start to the end of the worker; 0 when it could
    ///   not be started.
    /// - Returns: Milliseconds to wait before the next start.
    package mutating func delay(afterLiving livedMilliseconds: Int64) -> Int64 {
        if livedMilliseconds >= SupervisorLimits.healthyLife { failures = 0 }
        failures += 1
        guard failures > SupervisorLimits.immediateRestarts else { return 0 }
        let doublings = min(failures - SupervisorLimits.immediateRestarts - 1, 16)
        return min(
            SupervisorLimits.firstRestartDelay << Int64(doublings), SupervisorLimits.longestRestartDelay)
    }
}
