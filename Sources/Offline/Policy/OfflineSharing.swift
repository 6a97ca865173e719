// Counters and bans for pipelines that run without a server.

internal import Gateway
internal import Pipeline
internal import Posix
internal import SharedDictionary

enum OfflineSharing {
    private static let bytes = 4 << 20

    /// In memory of the process's own, empty at first; nil where there is no room for it.
    static var means: StageMeans? {
        guard let file = try? TableFile(bytes: bytes, shape: .texts, writerCount: 1, seed: .random()),
            let table = try? EntryTable(descriptor: file.descriptor, writer: 0)
        else { return nil }
        return StageMeans(table)
    }
}
