// The error log: the master's own lines, and the descriptor that workers write theirs to.

internal import Journal
internal import Posix

/// Opens the files that logs go to, again whenever asked.
final class LogFiles {
    private(set) var target: ErrorLogTarget
    /// What workers are given.
    private(set) var errorLog: SharedDescriptor
    private let log: ErrorLog

    init(_ target: ErrorLogTarget) throws(SystemError) {
        let file = try Self.open(target)
        log = ErrorLog(try file.duplicate(), level: target.level)
        errorLog = SharedDescriptor(file)
        self.target = target
    }

    /// Opens the files anew: after they were moved away, or when a reload names others. On failure
    /// all goes on in the old ones.
    func reopen(_ target: ErrorLogTarget) throws(SystemError) {
        let file = try Self.open(target)
        log.reopen(try file.duplicate())
        log.level = target.level
        errorLog = SharedDescriptor(file)
        self.target = target
    }

    func write(_ level: LogLevel, _ text: String) { log.write(level, .process, text) }

    private static func open(_ target: ErrorLogTarget) throws(SystemError) -> Descriptor {
        guard let path = target.path else { return try LogFile.standardError() }
        return try LogFile.open(path)
    }
}
