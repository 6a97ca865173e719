// Generations on disk and in memory.

internal import Gateway
internal import Posix
internal import RuleStore

/// Writes generations to the rule store's folder and seals copies for the workers.
struct GenerationPublisher {
    private let directory: String

    init(directory: String) { self.directory = directory }

    func publish(_ policy: GatewayPolicy, ruleSets: [[UInt8]]) throws(LoadFailure) -> PublishedGeneration {
        let generation: PublishedGeneration
        do throws(StoreError) {
            let number = try GenerationDirectory(path: directory).nextNumber()
            let contents = GenerationContents(policy: PolicyEncoder.encode(policy), ruleSets: ruleSets)
            let path = try GenerationWriter.write(contents, toDirectory: directory, generation: number)
            generation = PublishedGeneration(number: number, store: try SealedGeneration.copy(ofFile: path))
        } catch {
            throw LoadFailure(["error: rule store \(directory): \(error.description)"])
        }
        if let fault = Self.fault(of: generation.store) {
            _ = remove(generation.number)
            throw LoadFailure([
                "error: generation \(generation.number) does not pass the check before publishing: \(fault)"
            ])
        }
        return generation
    }

    /// nil when workers can open it, and its plans find what its rules find.
    private static func fault(of store: borrowing Descriptor) -> String? {
        do throws(GenerationCheck.Failure) {
            _ = try GenerationCheck.run(descriptor: store.number)
            return nil
        } catch {
            return error.description
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
