import ArgumentParser
import Configuration
import Posix
import Reports

/// `waf-ctl ban ADDRESS`
struct BanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ban", abstract: "Keeps an address out for a time.",
        discussion: """
            All workers know at once, and it outlasts reloads and restarts. What becomes of who is banned is \
            the pipeline's to say.
            """)

    @Argument(help: "An IPv4 or IPv6 address.")
    var address: String

    @Option(name: .customLong("for"), help: ArgumentHelp("How long: 30s, 10m, 1h30m, 7d.", valueName: "time"))
    var time = "10m"

    @OptionGroup var place: BanPlace

    @OptionGroup var control: ControlOptions

    /// nil for what is no time of 1 second to 10 years.
    private var seconds: Int? {
        guard let milliseconds = TimeValue.milliseconds(time) else { return nil }
        let seconds = (milliseconds + 999) / 1_000
        return (1...315_360_000).contains(seconds) ? seconds : nil
    }

    func validate() throws {
        guard !address.hasPrefix("unix:"), SocketAddress(host: address, port: 0) != nil else {
            throw ValidationError("ban takes an IPv4 or IPv6 address, found `\(address)`")
        }
        guard seconds != nil else {
            throw ValidationError("--for takes a time of 1s to 10y, such as 10m, found `\(time)`")
        }
    }

    func run() throws {
        var request = ControlRequest("ban")
        request.key = address
        request.seconds = seconds.map { String($0) }
        request.dict = place.dict
        try control.perform(request, as: BanAnswer.self) { answer in
            print("\(answer.key) is banned for \(Uptime.text(seconds: answer.seconds)) in \(answer.dict)")
        }
    }
}

/// `waf-ctl unban ADDRESS`
struct Unban: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Ends a ban before its time.")

    @Argument(help: "The address, or another key that `waf-ctl bans` lists.")
    var key: String

    @OptionGroup var place: BanPlace

    @OptionGroup var control: ControlOptions

    func run() throws {
        var request = ControlRequest("unban")
        request.key = key
        request.dict = place.dict
        try control.perform(request, as: UnbanAnswer.self) { answer in
            print("\(answer.key) is no longer banned in \(answer.dict)")
        }
    }
}

/// `waf-ctl bans`
struct BanTable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bans", abstract: "Lists who is banned, a page of them.")

    @Option(help: ArgumentHelp("Where to begin: what the page before named as next.", valueName: "place"))
    var from: String?

    @Option(help: ArgumentHelp("Bans of a page, 1 to 1000.", valueName: "n"))
    var limit = 1_000

    @OptionGroup var place: BanPlace

    @OptionGroup var control: ControlOptions

    func validate() throws {
        guard (1...1_000).contains(limit) else {
            throw ValidationError("--limit takes 1 to 1000, found \(limit)")
        }
    }

    func run() throws {
        var request = ControlRequest("bans")
        request.from = from
        request.limit = String(limit)
        request.dict = place.dict
        try control.perform(request, as: BansAnswer.self) { answer in
            guard !answer.bans.isEmpty else { return print("nobody is banned in \(answer.dict)") }
            var table = TextTable(header: ["banned", "for another"])
            for ban in answer.bans { table.add([ban.key.printable, Uptime.text(seconds: ban.seconds_left)]) }
            print(table.text)
            if let next = answer.next { print("more: waf-ctl bans --from \(next)") }
        }
    }
}

/// Where the bans lie.
struct BanPlace: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The shared_dict; unless given: bans, or collections where there is none.", valueName: "name"))
    var dict: String?
}
