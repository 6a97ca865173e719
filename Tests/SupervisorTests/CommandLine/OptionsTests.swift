// The command line of `wafd`.

import Supervisor
import Testing

@Suite("Options of wafd") struct OptionsTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var arguments: [String]
        var want: Result<Options, OptionsError>
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String..., want: @Sendable (inout Options) -> Void) {
            self.arguments = arguments
            var options = Options()
            want(&options)
            self.want = .success(options)
        }

        init(_ arguments: String..., refused: OptionsError) {
            self.arguments = arguments
            want = .failure(refused)
        }
    }

    static let rows: [Row] = [
        Row { _ in },
        Row("-t") { $0.task = .test(dumps: false) },
        Row("-T") { $0.task = .test(dumps: true) },
        Row("-t", "-T") { $0.task = .test(dumps: true) },
        Row("-Tt") { $0.task = .test(dumps: true) },
        Row("-tq") {
            $0.task = .test(dumps: false); $0.isQuiet = true
        },
        Row("-v") { $0.task = .version(isLong: false) },
        Row("-V") { $0.task = .version(isLong: true) },
        Row("-vV") { $0.task = .version(isLong: true) },
        Row("-Vv") { $0.task = .version(isLong: true) },
        Row("-v", "-t") { $0.task = .version(isLong: false) },
        Row("-t", "-v") { $0.task = .version(isLong: false) },
        Row("-h", "-t") { $0.task = .help },
        Row("-?") { $0.task = .help },
        Row("-c", "/x/y.conf") { $0.configuration = "/x/y.conf" },
        Row("-c/x/y.conf") { $0.configuration = "/x/y.conf" },
        Row("-tc", "y.conf") {
            $0.task = .test(dumps: false); $0.configuration = "y.conf"
        },
        Row("-p", "/srv/wafd") { $0.prefix = "/srv/wafd/" },
        Row("-p", "/srv/wafd/") { $0.prefix = "/srv/wafd/" },
        Row("-g", "pid /tmp/x;") { $0.directives = "pid /tmp/x;" },
        Row("-s", "reload") { $0.task = .signal(.reload) },
        Row("-s", "quit") { $0.task = .signal(.quit) },
        Row("-s", "stop") { $0.task = .signal(.stop) },
        Row("-sreopen") { $0.task = .signal(.reopen) },
        Row("-x", refused: .unknownOption("x")),
        Row("--help", refused: .unknownOption("-")),
        Row("-", refused: .notAnOption("-")),
        Row("-t", "word", refused: .notAnOption("word")),
        Row("-c", refused: .missingValue(option: "c")),
        Row("-c", "", refused: .missingValue(option: "c")),
        Row("-s", "restart", refused: .unknownSignal("restart")),
    ]

    @Test(arguments: rows) func parse(_ row: Row) {
        let outcome: Result<Options, OptionsError>
        do throws(OptionsError) { outcome = .success(try Options.parse(row.arguments)) } catch {
            outcome = .failure(error)
        }
        #expect(outcome == row.want)
    }

    @Test("relative paths start at the prefix")
    func configurationPath() throws {
        #expect(Options().configurationPath == "/etc/wafd/wafd.conf")
        #expect(try Options.parse(["-p", "/srv", "-c", "a.conf"]).configurationPath == "/srv/a.conf")
        #expect(try Options.parse(["-p", "/srv", "-c", "/b.conf"]).configurationPath == "/b.conf")
    }
}
