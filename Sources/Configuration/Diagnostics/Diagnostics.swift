// Collects what is wrong, so that an operator sees all of it at once.

struct Diagnostics {
    private var errors: [ConfigurationError] = []
    private var warnings: [ConfigurationWarning] = []
    private var seenErrors: Set<ConfigurationError> = []
    private var seenWarnings: Set<ConfigurationWarning> = []
    private var fileOrder: [String: Int] = [:]

    /// Files are reported in the order in which they were first read.
    mutating func register(file: String) {
        if fileOrder[file] == nil { fileOrder[file] = fileOrder.count }
    }

    mutating func report(_ error: ConfigurationError) {
        // A file that is included twice has each of its errors once.
        if seenErrors.insert(error).inserted { errors.append(error) }
    }

    mutating func report(_ location: SourceLocation, _ reason: ConfigurationError.Reason) {
        report(ConfigurationError(location, reason))
    }

    mutating func warn(_ location: SourceLocation, _ reason: ConfigurationWarning.Reason) {
        let warning = ConfigurationWarning(location, reason)
        if seenWarnings.insert(warning).inserted { warnings.append(warning) }
    }

    var errorCount: Int { errors.count }
    var hasErrors: Bool { !errors.isEmpty }
    var sortedErrors: [ConfigurationError] { errors.sorted { isBefore($0.location, $1.location) } }
    var sortedWarnings: [ConfigurationWarning] { warnings.sorted { isBefore($0.location, $1.location) } }

    private func isBefore(_ left: SourceLocation, _ right: SourceLocation) -> Bool {
        let (leftFile, rightFile) = (fileOrder[left.file] ?? -1, fileOrder[right.file] ?? -1)
        return (leftFile, left.line, left.column) < (rightFile, right.line, right.column)
    }
}
