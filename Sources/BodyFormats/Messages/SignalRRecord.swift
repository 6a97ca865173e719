// SignalR's hub protocol in JSON (dotnet/aspnetcore, HubProtocol.md): JSON objects that each end
// with a record separator, several to a message.

internal import Bytes

enum SignalRRecord {
    private static let separator: UInt8 = 0x1E

    static func split(_ message: ByteView, into parts: inout DecodedMessage) throws(MessageFormatError) {
        var start = 0
        while start < message.count {
            guard let end = message.firstIndex(of: separator, from: start) else {
                throw .syntax("SignalR: a record without its end", offset: start)
            }
            try parts.append(document: message[start..<end])
            start = end + 1
        }
        guard !parts.documents.isEmpty else { throw .syntax("SignalR: no record", offset: 0) }
    }

    /// What is wrong with a record; nil when it is a message or a handshake.
    static func fault(in tape: borrowing JSONTape, from sender: MessageSender) -> String? {
        guard let root = tape.root, root.kind == .object else { return "SignalR: a record that is no object" }
        if let type = tape.member("type", of: 0) {
            let text = tape.nodes[type].text
            // Invocation, StreamItem, Completion, StreamInvocation, CancelInvocation, Ping, Close, Ack, Sequence.
            let isKnown = text.count == 1 && text[0] >= 0x31 && text[0] <= 0x39
            guard tape.nodes[type].kind == .number, isKnown else { return "SignalR: an unknown \"type\"" }
            return nil
        }
        switch sender {
        case .client:
            // HandshakeRequest.
            guard let name = tape.member("protocol", of: 0), tape.nodes[name].kind == .string,
                let version = tape.member("version", of: 0), tape.nodes[version].kind == .number
            else { return "SignalR: neither a message nor a handshake" }
            return nil
        case .server:
            // HandshakeResponse: empty, or an error.
            let isAnswer = root.count == 0 || tape.member("error", of: 0) != nil
            return isAnswer ? nil : "SignalR: neither a message nor a handshake"
        }
    }
}
