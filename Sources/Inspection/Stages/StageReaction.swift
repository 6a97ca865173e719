// What a detector does about what it finds: arguments that several stages have.

internal import Pipeline

/// `action=block|log|drop|close` and `status=N`.
struct StageReaction {
    private let action: StageVerdict.Action

    static let parameters = [
        StageParameter("action", "block, log, drop or close"),
        StageParameter("status", "a status from 400 to 599"),
    ]

    init(_ arguments: StageArguments) throws(StageError) {
        let status = try arguments.number("status", in: 400...599) ?? 403
        switch arguments["action"] {
        case nil, "block": action = .block(status: status)
        case "log": action = .log
        case "drop": action = .drop
        case "close": action = .close
        case .some(let word): throw StageError("action=\(word): expected block, log, drop or close")
        }
    }

    func verdict(_ reason: String) -> StageResult {
        .verdict(StageVerdict(action, level: .urgent, reason: reason))
    }
}
