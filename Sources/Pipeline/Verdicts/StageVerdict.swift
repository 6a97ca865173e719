// What a stage has found.

/// How sure somebody is that a stream is harmful.
public enum VerdictLevel: Int, Comparable, Sendable {
    /// Nobody has judged yet.
    case unknown = 0
    /// May pass.
    case normal = 1
    /// Must not pass.
    case urgent = 2

    public static func < (left: VerdictLevel, right: VerdictLevel) -> Bool { left.rawValue < right.rawValue }
}

/// A verdict: its level and what is to be done.
public struct StageVerdict: Equatable, Sendable {
    /// From the mildest to the strictest.
    public enum Action: Equatable, Sendable {
        /// Goes on, and no other stage is asked.
        case pass
        /// Goes on to the next stage, with a line in the error log.
        case log
        /// 301 to 308 with that `Location`; a message is refused as if blocked.
        case redirect(to: String)
        /// That status; a message ends its connection with 1008 (RFC 6455 section 7.4.1).
        case block(status: Int)
        /// A message is taken out, and the connection goes on; a request's connection is closed.
        case drop
        /// The connection is closed without an answer; of a WebSocket with 1008.
        case close

        var strictness: Int {
            switch self {
            case .pass: 0
            case .log: 1
            case .redirect: 2
            case .drop: 3
            case .block: 4
            case .close: 5
            }
        }

        /// Whether the stream ends here.
        public var isEnd: Bool { strictness > 1 }
    }

    public var level: VerdictLevel
    public var action: Action
    /// For the log: one line, no secrets.
    public var reason: String
    /// The stage that gave it; set by the runner.
    public package(set) var stage = ""

    public init(_ action: Action, level: VerdictLevel? = nil, reason: String) {
        self.action = action
        self.level = level ?? (action.isEnd ? .urgent : .normal)
        self.reason = reason
    }

    /// The stricter of two; of equal ones the first.
    package static func strictest(_ left: StageVerdict?, _ right: StageVerdict?) -> StageVerdict? {
        guard let left else { return right }
        guard let right else { return left }
        return right.action.strictness > left.action.strictness ? right : left
    }
}
