import ArgumentParser
import Inspection
import Offline
import Posix
import Reports

/// `waf-ctl run`
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs captured exchanges through rules or a pipeline and shows what they do.",
        discussion: """
            FILE is a raw HTTP/1 request, head and body as on the wire (several, one behind the other, too), \
            or a HAR, of which every entry is run with its response. A file that begins with HTTP/ holds the \
            responses to the requests of the file before it. Nothing is sent anywhere and no wafd is needed; \
            what rules keep from one request to the next is not kept.

            Exit status: 0 done and as expected, 1 a file is broken, rules do not load or a verdict is not \
            the expected one, 2 usage.
            """)

    enum Expectation: String, ExpressibleByArgument, CaseIterable { case pass, block }

    @Argument(help: "Captured exchanges.")
    var files: [String]

    @Option(help: ArgumentHelp("The responses to the requests of the last file.", valueName: "file"))
    var response: String?

    @Option(help: "The verdict that every exchange should have: pass or block.")
    var expect: Expectation?

    @Option(
        help: ArgumentHelp(
            "Run every exchange through that pipeline of the configuration.", valueName: "name"))
    var pipeline: String?

    @Option(help: ArgumentHelp("The client's address.", valueName: "address"))
    var client = "127.0.0.1"

    @Option(help: ArgumentHelp("Characters of a value that are shown.", valueName: "characters"))
    var width = 100

    @Flag(help: "Show the values that each rule was tried on, too.")
    var trace = false

    @Flag(help: "Show matches of rules with nolog, too.")
    var all = false

    @Flag(help: "Show the lines of the error log.")
    var log = false

    @Flag(help: "Take raw files for written by hand: fit their line ends and Content-Length.")
    var repair = false

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup var offline: RuleSourceOptions

    func validate() throws {
        guard offline.isGiven else {
            throw ValidationError("name rules: --rules FILE ... or --configuration FILE")
        }
        guard (1...1_000_000).contains(width) else { throw ValidationError("--width takes 1 to 1000000") }
        guard !client.hasPrefix("unix:"), SocketAddress(host: client, port: 0) != nil else {
            throw ValidationError("--client takes an IPv4 or IPv6 address, found `\(client)`")
        }
    }

    func run() throws {
        let policy = try offline.policy()
        for line in policy.warnings { StandardError.print(line) }
        let (exchanges, faults) = CapturedFiles.read(files, response: response, repairs: repair)
        for fault in faults { StandardError.print("waf-ctl: \(fault)") }
        if let pipeline, !policy.pipelineNames.contains(pipeline) {
            let known = policy.pipelineNames.joined(separator: ", ")
            throw ControlFailure.refused([
                "no pipeline \"\(pipeline)\", expected "
                    + (known.isEmpty ? "a configuration with one" : "one of \(known)")
            ])
        }
        let replayer = Replayer(policy, options)
        let reports = exchanges.map { replayer.replay($0) }
        if json { print(document(reports, faults).line) } else { show(reports) }
        let isExpected = reports.allSatisfy { expect == nil || $0.outcome.rawValue == expect?.rawValue }
        guard faults.isEmpty, isExpected else { throw ExitCode(1) }
    }

    private var options: ReplayOptions {
        var options = ReplayOptions()
        options.clientAddress = client
        options.recordsTests = trace
        options.pipeline = pipeline
        let milliseconds = Int(clamping: WallClock.milliseconds)
        options.clock = EngineClock(
            unixMicroseconds: milliseconds * 1_000,
            localOffsetSeconds: WallClock.localOffsetSeconds(milliseconds / 1_000))
        return options
    }

    private func document(_ reports: [ReplayReport], _ faults: [String]) -> JSONValue {
        let isExpected = reports.allSatisfy { expect == nil || $0.outcome.rawValue == expect?.rawValue }
        return .object([
            ("ok", .boolean(faults.isEmpty && isExpected)), ("errors", .strings(faults)),
            ("expected", expect.map { .string($0.rawValue) } ?? .null),
            ("exchanges", .array(reports.map(\.json))),
        ])
    }

    private func show(_ reports: [ReplayReport]) {
        let text = ReplayText(width: width, showsAll: all)
        for report in reports {
            print(text.text(report))
            if log { for line in report.log { print("  log: \(line)") } }
            if let expect, report.outcome.rawValue != expect.rawValue {
                print("  expected: \(expect.rawValue)")
            }
            print("")
        }
        let blocked = reports.count { $0.outcome == .block }
        print("\(Count.text(reports.count, "exchange")): \(reports.count - blocked) pass, \(blocked) block")
    }
}
