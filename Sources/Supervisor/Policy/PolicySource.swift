// Where generations come from. The master's state machines know no more of configuration and
// rules than this.

package import Journal
package import Posix
package import RuleStore
package import SharedDictionary

/// What the master itself must know of a configuration.
package struct LoadedPolicy: Equatable, Sendable {
    package var settings: MasterSettings
    package var listeners: [ListenAddress]
    /// Access and audit logs, each once.
    package var logPaths: [String]
    /// nil: workers that quit may wait for their connections without end.
    package var shutdownTimeoutMilliseconds: Int?
    package var pipelines: [PipelinePolicy] = []
    /// Lines for the operator, `file:line:column: warning: reason`.
    package var warnings: [String]

    package init(
        settings: MasterSettings, listeners: [ListenAddress], logPaths: [String] = [],
        shutdownTimeoutMilliseconds: Int? = nil, warnings: [String] = []
    ) {
        self.settings = settings
        self.listeners = listeners
        self.logPaths = logPaths
        self.shutdownTimeoutMilliseconds = shutdownTimeoutMilliseconds
        self.warnings = warnings
    }
}

/// The directives of the main context.
package struct MasterSettings: Equatable, Sendable {
    /// nil: one worker a processor.
    package var workerProcesses: Int?
    /// nil: `nobody`, when started as root.
    package var userName: String?
    /// nil: the user's own group.
    package var groupName: String?
    package var pidPath: String
    package var errorLog: ErrorLogTarget
    package var ruleStoreDirectory: String
    package var controlSocketPath: String
    /// Descriptors a process may have open; nil: as inherited.
    package var openFiles: Int?
    package var dictionaries: [DictionarySettings]

    package init(
        workerProcesses: Int? = nil, userName: String? = nil, groupName: String? = nil, pidPath: String,
        errorLog: ErrorLogTarget, ruleStoreDirectory: String, controlSocketPath: String,
        openFiles: Int? = nil, dictionaries: [DictionarySettings] = [.collections]
    ) {
        self.workerProcesses = workerProcesses
        self.userName = userName
        self.groupName = groupName
        self.pidPath = pidPath
        self.errorLog = errorLog
        self.ruleStoreDirectory = ruleStoreDirectory
        self.controlSocketPath = controlSocketPath
        self.openFiles = openFiles
        self.dictionaries = dictionaries
    }
}

/// Where lines go, and which.
package struct ErrorLogTarget: Equatable, Sendable {
    /// nil: standard error.
    package var path: String?
    /// The least severe level that is written.
    package var level: LogLevel

    package init(path: String?, level: LogLevel) {
        self.path = path
        self.level = level
    }
}

/// Why nothing was loaded: one line a fault, never empty.
package struct LoadFailure: Error, Equatable, Sendable {
    package var lines: [String]
    package init(_ lines: [String]) { self.lines = lines }
}

/// A generation that workers can open.
package struct PublishedGeneration: ~Copyable {
    package let number: UInt64
    /// The sealed file.
    package let store: Descriptor

    package init(number: UInt64, store: consuming Descriptor) {
        self.number = number
        self.store = store
    }

    package consuming func takeStore() -> Descriptor { store }
}

/// Loads, compiles and publishes. A candidate is loaded, published and then either adopted or
/// given up; a later load under `.rules` starts from what was adopted. One call at a time, but not
/// always on the same thread.
package protocol PolicySource: AnyObject, Sendable {
    /// Reads and compiles everything; nothing is written.
    func load(_ scope: LoadScope) throws(LoadFailure) -> LoadedPolicy
    /// Writes the candidate as a new generation.
    func publish() throws(LoadFailure) -> PublishedGeneration
    /// The candidate is in force; files of other generations are removed.
    ///
    /// - Returns: What went wrong with the files, for the log.
    func adopt(_ generation: UInt64) -> String?
    /// The candidate is given up, and its file removed if there is one.
    ///
    /// - Returns: What went wrong with the file, for the log.
    func discard(_ generation: UInt64?) -> String?
}
