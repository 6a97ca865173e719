// GraphQL over WebSocket: the protocol graphql-transport-ws (enisdenjo/graphql-ws, PROTOCOL.md), and
// the older one of subscriptions-transport-ws, whose subprotocol is named graphql-ws.
//
//     client  connection_init  subscribe (start)  complete (stop)  connection_terminate  ping  pong
//     server  connection_ack   next (data)  error  complete  connection_error  ka  ping  pong

internal import Bytes

enum GraphQLMessage {
    /// What is wrong with a document; nil when it is a message.
    static func fault(in tape: borrowing JSONTape, from sender: MessageSender) -> String? {
        guard let root = tape.root, root.kind == .object else { return "GraphQL: a message that is no object" }
        guard let type = tape.member("type", of: 0), tape.nodes[type].kind == .string else {
            return "GraphQL: no \"type\""
        }
        switch (tape.nodes[type].text, sender) {
        case (let text, _) where text.equals("ping") || text.equals("pong"): return nil
        case (let text, .client) where text.equals("connection_init") || text.equals("connection_terminate"):
            return nil
        case (let text, .client) where text.equals("subscribe") || text.equals("start"):
            return idFault(tape) ?? operationFault(tape)
        case (let text, .client) where text.equals("complete") || text.equals("stop"): return idFault(tape)
        case (let text, .server)
        where text.equals("connection_ack") || text.equals("connection_error") || text.equals("ka"):
            return nil
        case (let text, .server) where text.equals("next") || text.equals("data") || text.equals("error"):
            return idFault(tape)
                ?? (tape.member("payload", of: 0) == nil ? "GraphQL: no \"payload\"" : nil)
        case (let text, .server) where text.equals("complete"): return idFault(tape)
        default: return "GraphQL: a \"type\" that its sender does not have"
        }
    }

    private static func idFault(_ tape: borrowing JSONTape) -> String? {
        guard let id = tape.member("id", of: 0) else { return "GraphQL: no \"id\"" }
        switch tape.nodes[id].kind {
        // The older protocol's clients also send numbers.
        case .string where !tape.nodes[id].text.isEmpty, .number: return nil
        default: return "GraphQL: an \"id\" of a wrong type"
        }
    }

    /// `payload.query` is the document; persisted queries have extensions in its place.
    private static func operationFault(_ tape: borrowing JSONTape) -> String? {
        guard let payload = tape.member("payload", of: 0), tape.nodes[payload].kind == .object else {
            return "GraphQL: no \"payload\""
        }
        if let query = tape.member("query", of: payload) {
            return tape.nodes[query].kind == .string ? nil : "GraphQL: a \"query\" that is no string"
        }
        return tape.member("extensions", of: payload) == nil ? "GraphQL: no \"query\"" : nil
    }
}
