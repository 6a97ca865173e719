// What the master itself is told.

package import SharedDictionary

/// The directives outside of `http`. Paths are absolute, or relative to the current folder when
/// the prefix is empty.
package struct MainSettings: Equatable, Sendable {
    /// nil: one for each processor.
    package var workerProcesses: Int?
    /// Soft and hard limit of open files of a worker; nil: as inherited.
    package var workerOpenFiles: Int?
    /// nil: `nobody` when started by root.
    package var userName: String?
    /// nil: the user's own.
    package var groupName: String?
    package var pidPath = "/run/wafd/wafd.pid"
    /// nil: standard error.
    package var errorLogPath: String?
    package var errorLogLevel = ErrorLogLevel.error
    package var ruleStoreDirectory = "/var/lib/wafd"
    package var controlSocketPath = "/run/wafd/control.sock"
    /// That of the collections first.
    package var dictionaries = [DictionarySettings.collections]

    package init() {}
}
