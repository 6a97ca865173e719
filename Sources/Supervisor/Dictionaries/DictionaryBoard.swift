// All shared dictionaries, as the master keeps them.

internal import Posix
internal import Reports
internal import SharedDictionary
internal import SharedState
internal import Synchronization

final class DictionaryBoard {
    private let dictionaries: [KeptDictionary]
    /// The save under way on a thread of its own.
    private var saving: SaveTask?
    private var nextSave: Int64
    /// Why files of the last run were not used.
    let complaints: [String]

    /// - Parameter folder: The store's, private to the master; there by the first save at the latest.
    init(_ settings: [DictionarySettings], folder: String, workerCount: Int, now: Int64) throws(TableError) {
        var complaints: [String] = []
        var dictionaries: [KeptDictionary] = []
        for setting in settings {
            dictionaries.append(
                try KeptDictionary(
                    setting, folder: folder, workerCount: workerCount, complaints: &complaints))
        }
        self.dictionaries = dictionaries
        self.complaints = complaints
        nextSave = now + SupervisorLimits.dictionarySaveInterval
    }

    var names: [String] { dictionaries.map(\.settings.name) }
    var descriptorNumbers: [Int32] { dictionaries.map(\.descriptorNumber) }
    /// Those that other machines share, with the passwords.
    var redis: [(name: String, settings: RedisSettings)] {
        dictionaries.compactMap { dictionary in
            dictionary.settings.redis.map { (dictionary.settings.name, $0) }
        }
    }
    var wakeAt: Int64? { nextSave }

    /// nil when there is no dictionary of that name.
    func bans(in name: String) -> BanList? { dictionaries.first { $0.settings.name == name }?.bans }

    /// Before the slot gets another worker: clears what the dead one left half done.
    func workerGone(slot: Int) { for dictionary in dictionaries { _ = dictionary.workerGone(slot: slot) } }

    /// Begins a save when it is time for one.
    ///
    /// - Returns: What went wrong with the last one, for the log.
    func tick(now: Int64) -> [String] {
        guard nextSave <= now else { return [] }
        nextSave = now + SupervisorLimits.dictionarySaveInterval
        let complaints = saving?.complaints
        // A disk that takes longer than the interval has a save left out.
        if saving != nil, complaints == nil { return [] }
        saving = nil
        let work = dictionaries.filter(\.isWorthSaving).map { $0.saving() }
        guard !work.isEmpty else { return complaints ?? [] }
        do throws(SystemError) {
            saving = try SaveTask(work)
        } catch {
            return (complaints ?? []) + ["saving dictionaries: \(error)"]
        }
        return complaints ?? []
    }

    /// Saves everything and returns when it is done: the workers have ended.
    func saveAtEnd() -> [String] {
        let earlier = saving?.waitForEnd() ?? []
        saving = nil
        return earlier + dictionaries.filter(\.isWorthSaving).compactMap { $0.saving()() }
    }

    /// For `stats`.
    var member: JSONValue {
        .array(
            dictionaries.map {
                .object([
                    ("name", .string($0.settings.name)), ("bytes", .integer($0.settings.bytes)),
                    ("entries", .integer($0.entryCount)), ("slots", .integer($0.slotCount)),
                ])
            })
    }
}

/// Writes files on a thread of its own: a disk may take its time.
private final class SaveTask: Sendable {
    private let outcome = Mutex<[String]?>(nil)

    init(_ work: [@Sendable () -> String?]) throws(SystemError) {
        try HelperThread.start { [self] in
            let complaints = work.compactMap { $0() }
            outcome.withLock { $0 = complaints }
        }
    }

    /// nil while it is under way.
    var complaints: [String]? { outcome.withLock { $0 } }

    func waitForEnd() -> [String] {
        while true {
            if let complaints { return complaints }
            var nothing = PollSet()
            // Waits for nothing but the time: two writers must not meet at one file.
            do throws(SystemError) { try nothing.wait(timeoutMilliseconds: 5) } catch { return ["\(error)"] }
        }
    }
}
