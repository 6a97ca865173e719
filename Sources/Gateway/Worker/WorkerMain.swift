// A worker process from its first instruction to its loop.

internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import Transport

/// Entry point of the worker role.
package enum WorkerMain {
    /// Serves until the master ends it.
    ///
    /// - Parameter channelDescriptor: The worker's end of the channel, taken over.
    /// - Returns: The process's exit status.
    package static func run(channelDescriptor: Int32) -> Int32 {
        LineClock.loadTimeZone()
        let link = ControlLink(channel: WorkerChannel(descriptor: channelDescriptor))
        do {
            return try serve(link)
        } catch {
            FileContents.writeLine("wafd: worker process: \(error)", to: 2)
            return 1
        }
    }

    private static func serve(_ link: consuming ControlLink) throws -> Int32 {
        guard let worker = try begin(link) else { return 0 }
        try worker.run()
        return 0
    }

    /// A worker on its first generation, which only the worker holds on to: a variable beside its
    /// loop would keep it open over every reload.
    private static func begin(_ link: consuming ControlLink) throws -> Worker? {
        let start = try link.receiveStart()
        // Rights go before the first byte of a rule or a peer is looked at.
        if let account = start.account {
            try Privileges.drop(to: account)
        } else {
            try Privileges.forbidNewPrivileges()
        }
        let stats = try StatsRow(descriptor: start.stats.number, slot: start.slot)
        let log = WorkerLog(start.errorLog)
        let dictionaries = DictionarySet(writer: start.slot)
        var generations = GenerationSwitch(sharing: StageMeans(dictionaries))
        guard let generation = try firstGeneration(link, &generations, dictionaries, log) else { return nil }
        let services = WorkerServices(
            poller: try Poller(), stats: stats, log: log, lines: start.lines, dictionaries: dictionaries,
            generation: generation)
        services.stats.set(.generation, generation.number)
        let worker = try Worker(services, link: link, generations: generations)
        worker.link.answer(.activated(generation: generation.number))
        return worker
    }

    /// Follows the master's orders until a generation is active; nil when it is to end before.
    private static func firstGeneration(
        _ link: borrowing ControlLink, _ generations: inout GenerationSwitch,
        _ dictionaries: DictionarySet, _ log: WorkerLog
    ) throws -> ActiveGeneration? {
        while var received = try link.waitForMessage() {
            switch received.message {
            case .prepare(let number):
                guard let store = received.descriptors.take(at: 0) else { return nil }
                link.answer(generations.prepare(number, store))
            case .activate(let number):
                if let generation = generations.take(number) { return generation }
                link.answer(.refused(generation: number, reason: "it was not prepared"))
            case .dictionaries(let names): try dictionaries.open(names, &received.descriptors)
            case .redis(let name, let settings): dictionaries.share(name, settings)
            case .logLevel(let number):
                if let level = LogLevel(rawValue: Int(number)) { log.set(level: level) }
            case .logs:
                if let file = received.descriptors.take(at: 0) { log.reopen(file) }
            case .quit, .terminate: return nil
            case .start, .listeners, .retire, .listConnections, .listStages, .closeConnection, .tellBan: break
            }
        }
        return nil
    }
}
