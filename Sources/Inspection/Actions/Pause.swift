// pause: the exchange waits before it goes on. The engine only says for how long.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Milliseconds to wait before the last verdict is followed; asked for once.
    package func takePause() -> Int {
        defer { pauseMilliseconds = 0 }
        return pauseMilliseconds
    }

    /// The longest of those that matched since the last phase counts. Messages of a WebSocket are not held
    /// up, and the end of a transaction has nothing to wait for.
    func pause(for starter: RuleRecord, _ rules: RuleSet) {
        guard rules.pauses, enforces, !plan.isMessage, plan != .logging else { return }
        for index in starter.actions {
            guard case .pause(let text) = rules.view.action(index) else { continue }
            let milliseconds = LeadingNumber.read(expand(text, rules))
            pauseMilliseconds = max(pauseMilliseconds, min(milliseconds, limits.pauseMilliseconds))
        }
    }
}
