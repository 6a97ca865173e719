// What an access log's line and an audit entry say of an exchange that is over.

internal import Inspection
internal import Posix

/// Counted while an exchange goes on.
struct ExchangeTally {
    /// One try at an upstream server.
    struct Attempt {
        var address: SocketAddress
        var startMilliseconds: Int
        /// nil while it goes on.
        var endMilliseconds: Int?
        /// Of its answer; 0 where none came.
        var status = 0
    }

    enum Judgement { case none, passed, detected, blocked, dropped }

    /// Whether a request has begun that no line tells of yet.
    var isOpen = false
    /// Milliseconds of the monotonic clock.
    var startMilliseconds = 0
    /// Bytes of the request's head.
    var headBytes = 0
    /// Of the answer that was begun; 0: none.
    var status = 0
    var sentBytes = 0
    /// Of `sentBytes`: heads, final and interim.
    var sentHeadBytes = 0
    private(set) var attempts: [Attempt] = []
    var judgement = Judgement.none
    var ruleID: UInt32 = 0

    mutating func begin(headBytes: Int, now: Int) {
        self = ExchangeTally(reusing: attempts)
        isOpen = true
        self.headBytes = headBytes
        startMilliseconds = now
    }

    init() {}

    private init(reusing attempts: [Attempt]) {
        self.attempts = attempts
        self.attempts.removeAll(keepingCapacity: true)
    }

    mutating func attemptBegan(_ address: SocketAddress, now: Int) {
        attemptEnded(now: now)
        attempts.append(Attempt(address: address, startMilliseconds: now))
    }

    mutating func attemptAnswered(status: Int) {
        guard !attempts.isEmpty else { return }
        attempts[attempts.count - 1].status = status
    }

    mutating func attemptEnded(now: Int) {
        guard !attempts.isEmpty, attempts[attempts.count - 1].endMilliseconds == nil else { return }
        attempts[attempts.count - 1].endMilliseconds = now
    }

    /// The rules have spoken; a later phase may speak again.
    mutating func judged(_ verdict: Verdict) {
        switch verdict.action {
        // Another server answers.
        case .pass, .proxy: judgement = verdict.wouldDeny ? .detected : .passed
        case .deny, .redirect: judgement = .blocked
        case .drop: judgement = .dropped
        }
        ruleID = verdict.ruleID
    }

    /// The status that logs show: nginx's own where nothing was answered.
    var loggedStatus: Int {
        if status > 0 { return status }
        return judgement == .dropped ? 444 : 499
    }
}
