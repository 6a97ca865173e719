// One shared dictionary: its memory, its file, and what the master does for its workers.

internal import Bytes
internal import Posix
internal import RuleStore
internal import SharedDictionary
internal import SharedState

/// A dictionary that is kept over restarts in `FOLDER/dictionary-NAME.mdb`.
final class KeptDictionary {
    let settings: DictionarySettings
    private let file: SharedDescriptor
    /// The master's own view of it; it writes as the last writer.
    private let table: EntryTable
    let bans: BanList
    private let path: String
    /// Whether the file on disk holds anything.
    private var isSaved = false

    /// Layout of the file's one value; the image in it has a version of its own.
    private static let fileVersion: UInt32 = 0x1_0001

    /// Makes the dictionary and takes up what was saved. A file that can not be used is no reason not to
    /// start: the dictionary begins empty.
    ///
    /// - Parameter complaints: Why a file was not used, for the log.
    init(_ settings: DictionarySettings, folder: String, workerCount: Int, complaints: inout [String])
        throws(TableError)
    {
        self.settings = settings
        path = "\(folder)/dictionary-\(settings.name).mdb"
        let image = Self.savedImage(path, &complaints)
        var seed = KeySeed.random()
        if let image {
            do throws(TableError) { seed = try TableImage.seed(of: image.view) } catch {
                complaints.append("\(path): \(error); dictionary \(settings.name) begins empty")
            }
        }
        let made = try TableFile(
            bytes: settings.bytes, shape: settings.shape, writerCount: workerCount + 1, seed: seed)
        table = try EntryTable(descriptor: made.descriptor, writer: workerCount)
        bans = BanList(in: table)
        file = SharedDescriptor(made.takeDescriptor())
        guard let image else { return }
        isSaved = true
        do throws(TableError) {
            _ = try TableImage.restore(image.view, to: table, at: Int64(clamping: WallClock.milliseconds))
        } catch {
            complaints.append("\(path): \(error); dictionary \(settings.name) has what could be read")
        }
    }

    private static func savedImage(_ path: String, _ complaints: inout [String]) -> ByteText? {
        do throws(StoreError) {
            let bytes = try BlobFile.read(
                path, version: fileVersion, limitBytes: 2 * TableLimits.fileBytes.upperBound)
            var image = ByteBuffer()
            image.append(contentsOf: bytes ?? [])
            return bytes == nil ? nil : ByteText(image.view)
        } catch {
            complaints.append("\(path): \(error); the dictionary begins empty")
            return nil
        }
    }

    /// What workers are given.
    var descriptorNumber: Int32 { file.number }
    var entryCount: Int { table.entryCount }
    var slotCount: Int { table.slotCount }
    /// Whether there is anything to write, or to clear from the file.
    var isWorthSaving: Bool { isSaved || table.entryCount > 0 }

    /// - Returns: How many entries a dead worker had left half written.
    func workerGone(slot: Int) -> Int { table.recover(fromDeathOf: slot) }

    /// The work of saving, for any thread.
    ///
    /// - Returns: A closure that answers what went wrong.
    func saving() -> @Sendable () -> String? {
        isSaved = true
        let (file, path) = (file, path)
        return {
            do {
                // Reading needs no writer's number of its own: nothing is pinned.
                let table = try EntryTable(descriptor: file.number, writer: 0)
                let image = TableImage.encode(table, at: Int64(clamping: WallClock.milliseconds))
                try BlobFile.write(image, to: path, version: Self.fileVersion)
                return nil
            } catch {
                return "\(path): \(error)"
            }
        }
    }
}
