// A question about connections that takes answers of workers.

internal import Reports
internal import Gateway
internal import Pipeline

/// Who asks, and what the workers have answered so far.
struct ConnectionQuery {
    enum Kind {
        /// The worker that is being asked, and what is there already.
        case list(at: ConnectionPlace, found: [(slot: Int, ConnectionReport)], limit: Int)
        /// Workers that have not answered yet.
        case end(waitingFor: Int)
        /// Likewise, and the counters of those that have.
        case stages(waitingFor: Int, sums: [StageCounters])
    }

    let number: UInt32
    let client: Int
    /// When the answer is given with what there is.
    let deadline: Int64
    var kind: Kind
}

extension ConnectionReport {
    func members(slot: Int) -> JSONValue {
        .object([
            ("id", .string(identifier)), ("worker", .integer(slot)), ("client", .string(client)),
            ("host", .string(host)), ("path", .string(path)), ("subprotocol", .string(subprotocol)),
            ("age_seconds", .counter(ageSeconds)), ("messages_from_client", .counter(messagesFromClient)),
            ("messages_from_server", .counter(messagesFromServer)),
            ("bytes_from_client", .counter(bytesFromClient)),
            ("bytes_from_server", .counter(bytesFromServer)), ("compressed", .boolean(isCompressed)),
        ])
    }
}
