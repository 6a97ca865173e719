// Generations on disk and in memory.

internal import Posix
internal import RuleStore

/// Writes generations to the rule store's folder and seals copies for the workers.
struct GenerationPublisher {
    private let directory: String

    init(directory: String) { self.directory = directory }

    func publish(_ policy: GatewayPolicy, ruleSets: [[UInt8]]) throws(LoadFailure) -> PublishedGeneration {
        do throws(StoreError) {
            let number = try GenerationDirectory(path: directory).nextNumber()
            let contents = GenerationContents(policy: PolicyEncoder.encode(policy), ruleSets: ruleSets)
            let path = try GenerationWriter.write(contents, toDirectory: directory, generation: number)
            return PublishedGeneration(number: number, store: try SealedGeneration.copy(ofFile: path))
        } catch {
            throw LoadFailure(["error: rule store \(directory): \(error.description)"])
        }
    }

    /// Removes the files of all generations but one.
    ///
    /// - Returns: What could not be removed; such a file costs room and nothing else.
    func removeAll(except kept: UInt64) -> String? {
        failure { () throws(StoreError) in try GenerationDirectory(path: directory).removeAll(except: [kept])
        }
    }

    func remove(_ generation: UInt64) -> String? {
        failure { () throws(StoreError) in try GenerationDirectory(path: directory).remove(generation) }
    }

    private func failure(_ body: () throws(StoreError) -> Void) -> String? {
        do throws(StoreError) {
            try body()
            return nil
        } catch {
            return "rule store \(directory): \(error.description)"
        }
    }
}
