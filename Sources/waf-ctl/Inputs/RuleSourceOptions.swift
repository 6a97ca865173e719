import ArgumentParser
import Gateway
import Offline
import SecLang

/// Where rules come from when not from the running daemon, and which set of them.
struct RuleSourceOptions: ParsableArguments {
    @Option(
        name: .customLong("rules"), parsing: .upToNextOption,
        help: ArgumentHelp("Rule files or patterns, in the order of loading.", valueName: "file ..."))
    var ruleFiles: [String] = []

    @Option(
        name: [.customShort("c"), .customLong("configuration")],
        help: ArgumentHelp("A configuration file with the rules that it names.", valueName: "file"))
    var configuration: String?

    @Option(
        name: [.customShort("p"), .customLong("prefix")],
        help: ArgumentHelp("The folder that the configuration's path starts from.", valueName: "folder"))
    var prefix = ""

    func validate() throws {
        guard ruleFiles.isEmpty || configuration == nil else {
            throw ValidationError("--rules and --configuration exclude each other")
        }
    }

    var isGiven: Bool { !ruleFiles.isEmpty || configuration != nil }

    /// Compiles what was named; every error is printed with its place.
    func policy() throws -> OfflinePolicy {
        do throws(OfflinePolicyError) {
            guard let configuration else {
                let files = try RuleFiles.expanded(ruleFiles)
                return try OfflinePolicy(ruleFiles: files, reader: FileSystemReader())
            }
            return try OfflinePolicy(
                configuration: configuration, prefix: prefix, files: ConfigurationFiles.reader,
                rules: FileSystemReader())
        } catch {
            throw ControlFailure.refused(error.lines)
        }
    }
}

/// Which of several rule sets.
struct RuleSetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The rule set with that number, from 0.", valueName: "number"))
    var set: Int?

    @Option(help: ArgumentHelp("The rule set of a request for host/path or /path.", valueName: "location"))
    var location: String?

    func validate() throws {
        guard set == nil || location == nil else {
            throw ValidationError("--set and --location exclude each other")
        }
        guard set.map({ $0 >= 0 && $0 <= Int32.max }) ?? true else {
            throw ValidationError("--set takes a number from 0 on")
        }
    }

    var choice: RuleSetChoice {
        location.map { .location($0) } ?? set.map { .number($0) } ?? .only
    }
}
