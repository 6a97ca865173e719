// Bringing another generation into force: HUP, and the verb `reload`.

internal import Gateway
internal import Glibc
internal import Journal
internal import Posix
internal import Reports
internal import RuleStore

extension Master {
    /// Begins a reload, or notes it for when the one under way is over.
    func requestReload(_ request: WaitingReload, _ now: Int64) {
        guard waitingReloads.count < SupervisorLimits.waitingReloads else {
            answer(ControlAnswer.failed(["error: too many reloads are waiting"]), to: request.client, now)
            return
        }
        waitingReloads.append(request)
        startNextReload(now)
    }

    /// Requests that came in meanwhile become one reload: it reads what is on disk now.
    func startNextReload(_ now: Int64) {
        guard phase == .serving, reload.isIdle, loading == nil else { return }
        guard !waitingReloads.isEmpty else { return startNextTest(now) }
        let scope: LoadScope =
            waitingReloads.contains { $0.scope == .configuration } ? .configuration : .rules
        reloadClients = waitingReloads.compactMap(\.client)
        waitingReloads = []
        notifier.send(.reloading(monotonicMicroseconds: MonotonicClock.microseconds()), .status("reloading"))
        do throws(SystemError) {
            loading = try LoadTask(.reload(scope), source, bell: bell)
        } catch {
            fail(LoadFailure(["error: \(error)"]), now)
        }
    }

    /// The load's thread has rung.
    func takeLoad(_ now: Int64) {
        bell.clear()
        guard let task = loading, let outcome = task.take() else { return }
        loading = nil
        switch (task.purpose, outcome) {
        case (.test, _):
            answerTest(outcome, now)
        case (.reload, .failure(let failure)):
            fail(failure, now)
        case (.reload, .success(let loaded)):
            guard let published = loaded.published else {
                preconditionFailure("a load for a reload publishes")
            }
            do throws(LoadFailure) {
                try begin(loaded.policy, published, now)
            } catch {
                giveUp(published.number)
                fail(error, now)
            }
        }
    }

    /// Gives up everything that waits: the master stops.
    func cancelReloads(_ now: Int64) {
        // A load under way goes on, and nobody takes its outcome.
        loading = nil
        perform(reload.received(.cancel, now: now), now)
        let waiting = waitingReloads.compactMap(\.client) + waitingTests + reloadClients
        waitingReloads = []
        waitingTests = []
        reloadClients = []
        for client in waiting {
            answer(ControlAnswer.failed(["error: the master is stopping"]), to: client, now)
        }
    }

    private func begin(_ loaded: LoadedPolicy, _ published: LoadTask.Published, _ now: Int64)
        throws(LoadFailure)
    {
        do throws(ListenerSet.Failure) {
            try listeners.stage(loaded.listeners)
        } catch {
            throw LoadFailure(["error: \(error)"])
        }
        pool.outfit.stores[published.number] = published.store
        candidate = loaded
        perform(reload.begin(published.number, slots: pool.servingSlots, now: now), now)
    }

    func perform(_ actions: [ReloadSequence.Action], _ now: Int64) {
        for action in actions {
            switch action {
            case .offer(let number, let slots):
                for slot in slots { perform(pool.deliver(.offer(number), toSlot: slot, now: now)) }
            case .commit(let number): commit(number, now)
            case .abort(let number, let reason): abort(number, reason, now)
            case .finish(let number): finish(number, now)
            }
        }
    }

    private func commit(_ number: UInt64, _ now: Int64) {
        guard let candidate else { preconditionFailure("a generation is offered with its policy") }
        let old = policy.settings
        generation = number
        policy = candidate
        // What can not change stays as it was, so that the next reload warns of it again.
        policy.settings.workerProcesses = old.workerProcesses
        policy.settings.userName = old.userName
        policy.settings.groupName = old.groupName
        policy.settings.ruleStoreDirectory = old.ruleStoreDirectory
        policy.settings.pidPath = old.pidPath
        policy.settings.controlSocketPath = old.controlSocketPath
        policy.settings.openFiles = old.openFiles
        policy.warnings += Self.fixedSettingsWarnings(old: old, new: candidate.settings)
        self.candidate = nil
        listeners.commit()
        perform(pool.deliver(.commit(number), now: now))
    }

    private func abort(_ number: UInt64, _ reason: ReloadSequence.AbortReason, _ now: Int64) {
        perform(pool.deliver(.withdraw(number), now: now))
        listeners.discard()
        pool.outfit.stores[number] = nil
        giveUp(number)
        candidate = nil
        fail(LoadFailure(["error: generation \(number): \(reason)"]), now)
    }

    private func finish(_ number: UInt64, _ now: Int64) {
        pool.outfit.stores = pool.outfit.stores.filter { $0.key == number }
        if let complaint = source.adopt(number) { logs.write(.warning, complaint) }
        listeners.closeRetired()
        if policy.settings.errorLog != logs.target { reopenLogs(now) }
        for line in policy.warnings { logs.write(.warning, line) }
        logs.write(.notice, "generation \(number) is in force")
        notifier.send(.ready, .status("\(pool.slots.count) workers, generation \(number)"))
        let members: [(String, JSONValue)] = [
            ("generation", .counter(number)), ("warnings", .strings(policy.warnings)),
        ]
        answerReloadClients(ControlAnswer.done(members), now)
        startNextReload(now)
    }

    /// The old generation stays in force.
    private func fail(_ failure: LoadFailure, _ now: Int64) {
        for line in failure.lines { logs.write(.error, line) }
        logs.write(.error, "reload failed, generation \(generation) stays in force")
        notifier.send(.ready, .status("reload failed, generation \(generation) stays in force"))
        answerReloadClients(ControlAnswer.failed(failure.lines), now)
        startNextReload(now)
    }

    private func giveUp(_ number: UInt64?) {
        if let complaint = source.discard(number) { logs.write(.warning, complaint) }
    }

    private func answerReloadClients(_ value: JSONValue, _ now: Int64) {
        let clients = reloadClients
        reloadClients = []
        for client in clients { answer(value, to: client, now) }
    }

    /// Directives that a running master can not change.
    static func fixedSettingsWarnings(old: MasterSettings, new: MasterSettings) -> [String] {
        var names: [String] = []
        if old.workerProcesses != new.workerProcesses { names.append("worker_processes") }
        if old.userName != new.userName || old.groupName != new.groupName { names.append("user") }
        if old.ruleStoreDirectory != new.ruleStoreDirectory { names.append("rule_store") }
        if old.pidPath != new.pidPath { names.append("pid") }
        if old.controlSocketPath != new.controlSocketPath { names.append("control_socket") }
        if old.openFiles != new.openFiles { names.append("worker_rlimit_nofile") }
        return names.map { "warning: \($0) has changed, which takes a restart" }
    }
}
