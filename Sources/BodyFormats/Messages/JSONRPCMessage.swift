// JSON-RPC 2.0: requests, notifications and responses, single or in a batch (sections 4 to 6).

internal import Bytes

enum JSONRPCMessage {
    /// What is wrong with a document; nil when it is a message.
    static func fault(in tape: borrowing JSONTape) -> String? {
        guard let root = tape.root else { return "JSON-RPC: no message" }
        guard root.kind == .array else { return fault(in: tape, at: 0) }
        guard root.count > 0 else { return "JSON-RPC: an empty batch" }
        var found: String?
        tape.visitChildren(of: 0) { if found == nil { found = fault(in: tape, at: $0) } }
        return found
    }

    private static func fault(in tape: borrowing JSONTape, at index: Int) -> String? {
        guard tape.nodes[index].kind == .object else { return "JSON-RPC: a message that is no object" }
        guard let version = tape.member("jsonrpc", of: index), tape.nodes[version].kind == .string,
            tape.nodes[version].text.equals("2.0")
        else { return "JSON-RPC: \"jsonrpc\" is not \"2.0\"" }
        if let id = tape.member("id", of: index) {
            switch tape.nodes[id].kind {
            case .string, .number, .null: break
            case .object, .array, .boolean: return "JSON-RPC: an \"id\" of a wrong type"
            }
        }
        if let method = tape.member("method", of: index) {
            guard tape.nodes[method].kind == .string else { return "JSON-RPC: a \"method\" that is no string" }
            guard let parameters = tape.member("params", of: index) else { return nil }
            switch tape.nodes[parameters].kind {
            case .object, .array: return nil
            case .string, .number, .boolean, .null: return "JSON-RPC: \"params\" of a wrong type"
            }
        }
        guard tape.member("id", of: index) != nil else { return "JSON-RPC: neither \"method\" nor \"id\"" }
        let result = tape.member("result", of: index)
        let error = tape.member("error", of: index)
        guard (result == nil) != (error == nil) else { return "JSON-RPC: not one of \"result\" and \"error\"" }
        if let error, tape.nodes[error].kind != .object { return "JSON-RPC: an \"error\" that is no object" }
        return nil
    }
}
