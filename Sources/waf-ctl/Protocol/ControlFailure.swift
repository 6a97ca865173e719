// Why a verb was not done.

enum ControlFailure: Error, CustomStringConvertible {
    /// Nobody listens, the connection broke, or no answer came in time.
    case unreachable(String)
    /// The master answered with errors.
    case refused([String])
    /// The master's answer is not what this version understands.
    case notUnderstood(String)

    var exitStatus: Int32 {
        switch self {
        case .unreachable: 3
        case .refused, .notUnderstood: 1
        }
    }

    var description: String {
        switch self {
        case .unreachable(let why): why
        case .refused(let errors): errors.joined(separator: "\n")
        case .notUnderstood(let what): "answer not understood: \(what)"
        }
    }
}
