// Messages and bytes per second of one connection.

internal import RuleStore

/// A bucket that fills evenly and holds a second's worth; full at the beginning.
struct TokenBucket {
    private let perSecond: Int
    /// Thousandths of a token.
    private var level: Int
    /// Milliseconds of the worker's clock when `level` was right.
    private var moment: Int

    init(perSecond: Int, now: Int) {
        self.perSecond = perSecond
        level = perSecond * 1_000
        moment = now
    }

    /// Takes `tokens` out; false, and nothing is taken, when there are fewer.
    mutating func take(_ tokens: Int, now: Int) -> Bool {
        let elapsed = min(1_000, max(0, now - moment))
        level = min(perSecond * 1_000, level + elapsed * perSecond)
        moment = now
        let (wanted, overflow) = tokens.multipliedReportingOverflow(by: 1_000)
        guard !overflow, wanted <= level else { return false }
        level -= wanted
        return true
    }
}

/// What a client has left of its rates. Made only where a route limits them.
final class MessageRates {
    private var messages: TokenBucket?
    private var bytes: TokenBucket?

    init(_ policy: MessagePolicy, now: Int) {
        messages = policy.messagesPerSecond.map { TokenBucket(perSecond: $0, now: now) }
        bytes = policy.bytesPerSecond.map { TokenBucket(perSecond: $0, now: now) }
    }

    /// - Parameter payloadBytes: Inflated.
    func take(payloadBytes: Int, now: Int) -> Refusal? {
        if messages?.take(1, now: now) == false { return .tooManyMessages }
        if bytes?.take(payloadBytes, now: now) == false { return .tooManyBytes }
        return nil
    }
}
