import ArgumentParser
import Offline
import Reports
import SecLang

/// `waf-ctl rules verify`
struct RulesVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compiles rule files and tells all that is wrong with them.",
        discussion: "Needs no wafd. Exit status: 0 the rules can be loaded, 1 they can not.")

    @Argument(help: "Rule files or patterns, in the order of loading.")
    var files: [String]

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let names: [String]
        do throws(OfflinePolicyError) {
            names = try RuleFiles.expanded(files)
        } catch {
            throw ControlFailure.refused(error.lines)
        }
        let found = RuleVerification(files: names, reader: FileSystemReader())
        if json {
            print(found.json.line)
        } else {
            for line in found.errors + found.warnings { StandardError.print(line) }
            if let totals = found.totals {
                print("\(Count.text(names.count, "file")) valid\n\(totals.text)")
            } else {
                StandardError.print(Count.text(found.errors.count, "error"))
            }
        }
        guard found.errors.isEmpty else { throw ExitCode(1) }
    }
}
