// One entrance to all formats.

package import Bytes

/// Takes messages apart. Holds the memory that it works in; one for each thread.
package struct MessageDecoder: ~Copyable {
    package var parts = DecodedMessage()
    /// The last document that was looked at as a tree.
    package var tape = JSONTape()
    private let arena = Arena()

    package init() {}

    /// Splits a whole message into `parts`. What is found wrong late leaves the parts before it there.
    ///
    /// JSON itself is checked only where the format asks something of it: `parts.documents` may hold
    /// texts that are no JSON.
    package mutating func split(
        _ message: ByteView, as format: MessageFormat, from sender: MessageSender
    ) throws(MessageFormatError) {
        parts.removeAll()
        switch format {
        case .text: break
        case .json, .jsonRPC, .graphQL: try parts.append(document: message)
        case .socketIO: try SocketIOPacket.split(message, into: &parts)
        case .stomp: try STOMPFrame.split(message, from: sender, into: &parts)
        case .signalR: try SignalRRecord.split(message, into: &parts)
        }
    }

    /// Whether the message that was split is one of the format, JSON and all.
    ///
    /// - Parameter each: Is given each document as a tree.
    package mutating func check<E: Error>(
        as format: MessageFormat, from sender: MessageSender, limits: JSONLimits,
        each: (borrowing JSONTape) throws(E) -> Void
    ) throws(E) -> MessageFormatError? {
        defer {
            tape.removeAll()
            arena.reset()
        }
        for document in parts.documents {
            if let error = read(document, limits) { return error }
            if let error = envelopeFault(format, sender) { return error }
            try each(tape)
            arena.reset()
        }
        return nil
    }

    private mutating func read(_ document: ByteView, _ limits: JSONLimits) -> MessageFormatError? {
        do throws(JSONError) {
            try tape.read(document, limits: limits, arena: arena)
            return tape.root == nil ? .json(.unexpectedEnd(offset: 0)) : nil
        } catch {
            return .json(error)
        }
    }

    private func envelopeFault(_ format: MessageFormat, _ sender: MessageSender) -> MessageFormatError? {
        let fault: String? =
            switch format {
            case .text, .json: nil
            case .jsonRPC: JSONRPCMessage.fault(in: tape)
            case .graphQL: GraphQLMessage.fault(in: tape, from: sender)
            case .socketIO: nil
            case .stomp: nil
            case .signalR: SignalRRecord.fault(in: tape, from: sender)
            }
        return fault.map { .envelope($0) }
    }
}
