import Configuration
import Offline
import SecLang

enum RuleFiles {
    /// The files that patterns name, sorted within each pattern; other names as they are.
    static func expanded(_ names: [String]) throws(OfflinePolicyError) -> [String] {
        var files: [String] = []
        var faults: [String] = []
        for name in names {
            guard name.contains(where: { "*?[".contains($0) }) else {
                files.append(name)
                continue
            }
            let found = FileSystemReader().glob(name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            if found.isEmpty { faults.append("error: no file matches `\(name)`") }
            files += found
        }
        guard faults.isEmpty else { throw OfflinePolicyError(faults) }
        return files
    }
}

enum ConfigurationFiles {
    static var reader: SystemFileReader { SystemFileReader() }
}
