// What every worker is given.

internal import Journal
internal import Posix

/// Descriptors and settings that outlive a single worker.
final class WorkerOutfit {
    /// What is executed: the file that this process runs, even when another lies at its path now.
    let executablePath: String
    let account: Account?
    let statsNumber: Int32
    let dictionaries: DictionaryBoard
    let lines: LineCollector
    var errorLog: SharedDescriptor
    var logLevel: LogLevel
    /// Sealed stores by generation: the one in force, and the one being prepared.
    var stores: [UInt64: SharedDescriptor] = [:]

    init(
        executablePath: String, account: Account?, statsNumber: Int32, dictionaries: DictionaryBoard,
        lines: LineCollector,
        errorLog: SharedDescriptor, logLevel: LogLevel
    ) {
        self.executablePath = executablePath
        self.account = account
        self.statsNumber = statsNumber
        self.dictionaries = dictionaries
        self.lines = lines
        self.errorLog = errorLog
        self.logLevel = logLevel
    }
}
