// The worker's half of the two-step reload: open and verify beside the generation in use, then
// switch between two events.

internal import Pipeline
internal import Posix
internal import RuleStore

/// A generation that has been prepared and not been activated yet.
struct GenerationSwitch {
    private var prepared: ActiveGeneration?
    private let sharing: any StageSharing

    init(sharing: any StageSharing) { self.sharing = sharing }

    /// Opens and verifies a generation.
    ///
    /// - Returns: What the master is told.
    mutating func prepare(_ number: UInt64, _ store: borrowing Descriptor) -> WorkerMessage {
        prepared = nil
        do {
            let snapshot = try Snapshot(descriptor: store.number)
            guard snapshot.generation == number else {
                return .refused(
                    generation: number, reason: "the store holds generation \(snapshot.generation)")
            }
            prepared = try ActiveGeneration(snapshot, sharing: sharing)
            return .prepared(generation: number)
        } catch {
            return .refused(generation: number, reason: "\(error)")
        }
    }

    /// Gives the prepared generation up to be used; nil when that number was not prepared.
    mutating func take(_ number: UInt64) -> ActiveGeneration? {
        guard let generation = prepared, generation.number == number else { return nil }
        prepared = nil
        return generation
    }
}
