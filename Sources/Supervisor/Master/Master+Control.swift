// Answers to the control socket's verbs, and reopening logs.

internal import Gateway
internal import Glibc
internal import Journal
internal import Posix
internal import Reports
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
            let members: [(String, JSONValue)] =
                [("generation", .counter(generation))] + stats.members
                + [("dictionaries", dictionaries.member)]
            answer(ControlAnswer.done(members), to: request.client, now)
        case .version:
            answer(ControlAnswer.done([("version", .string(Version.text))]), to: request.client, now)
        case .rules(let choice, let from):
            answer(ruleAnswer { $0.rules(choice, from: from) }, to: request.client, now)
        case .rule(let choice, let id):
            answer(ruleAnswer { $0.rule(choice, id: id) }, to: request.client, now)
        case .listConnections(let start, let limit):
            list(from: start, limit: limit, request.client, now)
        case .showPipelines: showPipelines(request.client, now)
        case .closeConnection(let identifier): end(identifier, request.client, now)
        case .ban(let key, let seconds, let dictionary):
            answer(ban(key, seconds, dictionary), to: request.client, now)
        case .unban(let key, let dictionary): answer(unban(key, dictionary), to: request.client, now)
        case .listBans(let place, let limit, let dictionary):
            answer(listBans(place, limit, dictionary), to: request.client, now)
        case .test, .reload:
            guard phase == .starting || phase == .serving else {
                return answer(
                    ControlAnswer.failed(["error: the master is stopping"]), to: request.client, now)
            }
            guard case .reload(let scope) = request.request else {
                waitingTests.append(request.client)
                return startNextReload(now)
            }
            requestReload(WaitingReload(scope: scope, client: request.client), now)
        }
    }

    /// Tests that came in while something was being loaded share the next load.
    func startNextTest(_ now: Int64) {
        guard !waitingTests.isEmpty else { return }
        testClients = waitingTests
        waitingTests = []
        do throws(SystemError) {
            loading = try LoadTask(.test, source, bell: bell)
        } catch {
            answerTest(.failure(LoadFailure(["error: \(error)"])), now)
        }
    }

    /// What was loaded is forgotten.
    func answerTest(_ outcome: Result<LoadTask.Loaded, LoadFailure>, _ now: Int64) {
        let value: JSONValue
        switch outcome {
        case .success(let loaded):
            if let complaint = source.discard(nil) { logs.write(.warning, complaint) }
            let fixed = Self.fixedSettingsWarnings(old: policy.settings, new: loaded.policy.settings)
            value = ControlAnswer.done([("warnings", .strings(loaded.policy.warnings + fixed))])
        case .failure(let failure):
            value = ControlAnswer.failed(failure.lines)
        }
        let clients = testClients
        testClients = []
        for client in clients { answer(value, to: client, now) }
        startNextReload(now)
    }

    private func status(_ now: Int64) -> StatusReport {
        StatusReport(
            processID: getpid(), uptimeMilliseconds: now - startedAt, state: stateWord,
            generation: generation,
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
        case .serving: reload.isIdle && reloadClients.isEmpty && loading == nil ? "serving" : "reloading"
        case .draining: "draining"
        case .stopping: "stopping"
        }
    }

    /// USR1, or another `error_log` after a reload: new descriptors for everybody. What was written before
    /// is still in the old files.
    func reopenLogs(_ now: Int64) {
        drainLines(now)
        for fault in lines.files.reopen(policy.logPaths) {
            logs.write(.alert, "a log can not be reopened, the old one stays in use: \(fault)")
        }
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
