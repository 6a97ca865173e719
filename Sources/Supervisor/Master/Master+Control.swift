// Answers to the control socket's verbs, and reopening logs.

internal import Gateway
internal import Glibc
internal import Journal
internal import Posix
internal import RuleStore

extension Master {
    func handle(_ requests: [ControlServer.Request], _ now: Int64) {
        for request in requests { handle(request, now) }
    }

    func answer(_ value: JSONValue, to client: Int?, _ now: Int64) {
        guard let client else { return }
        handle(control.answer(value, to: client, now: now), now)
    }

    private func handle(_ request: ControlServer.Request, _ now: Int64) {
        switch request.request {
        case .status: answer(ControlAnswer.done(status(now).members), to: request.client, now)
        case .stats:
            let members: [(String, JSONValue)] = [("generation", .counter(generation))] + stats.members
            answer(ControlAnswer.done(members), to: request.client, now)
        case .version:
            answer(ControlAnswer.done([("version", .string(Version.text))]), to: request.client, now)
        case .test: answer(test(), to: request.client, now)
        case .reload(let scope):
            switch phase {
            case .starting, .serving:
                requestReload(WaitingReload(scope: scope, client: request.client), now)
            case .draining, .stopping:
                answer(ControlAnswer.failed(["error: the master is stopping"]), to: request.client, now)
            }
        }
    }

    /// Loads and compiles what is on disk, and forgets it.
    private func test() -> JSONValue {
        // A candidate is being offered: its sources must stay what they are until that is over.
        guard reload.isIdle else { return ControlAnswer.failed(["error: a reload is under way"]) }
        do throws(LoadFailure) {
            let loaded = try source.load(.configuration)
            if let complaint = source.discard(nil) { logs.write(.warning, complaint) }
            let warnings = loaded.warnings + Self.fixedSettingsWarnings(old: policy.settings, new: loaded.settings)
            return ControlAnswer.done([("warnings", .strings(warnings))])
        } catch {
            return ControlAnswer.failed(error.lines)
        }
    }

    private func status(_ now: Int64) -> StatusReport {
        StatusReport(
            processID: getpid(), uptimeMilliseconds: now - startedAt, state: stateWord, generation: generation,
            configurationPath: configurationPath, listeners: listeners.addresses.map(\.description),
            workers: pool.slots.map { slot in
                StatusReport.Worker(
                    slot: slot.index, processID: slot.process?.number, state: slot.lifeCycle.state,
                    restarts: slot.lifeCycle.restarts,
                    proportionalKilobytes: slot.process.flatMap {
                        ProcessMemory.proportionalKilobytes(ofProcess: $0.number)
                    })
            })
    }

    private var stateWord: String {
        switch phase {
        case .starting: "starting"
        case .serving: reload.isIdle ? "serving" : "reloading"
        case .draining: "draining"
        case .stopping: "stopping"
        }
    }

    /// USR1, or another `error_log` after a reload: new descriptors for everybody.
    func reopenLogs(_ now: Int64) {
        do throws(SystemError) {
            try logs.reopen(policy.settings.errorLog)
        } catch {
            logs.write(.alert, "logs can not be reopened, the old ones stay in use: \(error)")
            return
        }
        pool.outfit.errorLog = logs.errorLog
        pool.outfit.logLevel = logs.target.level
        perform(pool.broadcast(.logs, descriptors: [logs.errorLog.number], now: now))
        perform(pool.broadcast(.logLevel(UInt8(logs.target.level.rawValue)), now: now))
        logs.write(.notice, "logs reopened")
    }
}
