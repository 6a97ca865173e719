// WS: what rules remember of a WebSocket connection from message to message, in both directions.
//
// `setvar:ws.count=+1`, `SecRule WS:authenticated "@eq 1"`. It begins with the handshake's request and
// ends with the connection; other requests forget it at their end.

internal import Bytes

/// The members as one transaction sees them.
struct ConnectionState {
    private(set) var variables = TransactionVariables()
    private var hasChanged = false

    /// Members of one connection.
    static let members = 64
    static let nameBytes = 128
    static let valueBytes = 1_024

    /// - Returns: false past a limit; nothing is changed then.
    mutating func set(_ name: ByteView, to value: ByteView) -> Bool {
        guard name.count <= Self.nameBytes, value.count <= Self.valueBytes else { return false }
        guard variables.set(name, to: value, limit: Self.members) else { return false }
        hasChanged = true
        return true
    }

    mutating func remove(_ name: ByteView) {
        variables.remove(name)
        hasChanged = true
    }

    mutating func removeAll() {
        variables.removeAll()
        hasChanged = false
    }

    mutating func restore(from context: MessageContext, in arena: Arena) {
        guard let memory = context.memory else { return }
        memory.visit { name, value in
            _ = variables.set(arena.copy(name), to: arena.copy(value), limit: Self.members)
        }
    }

    /// Keeps what has been changed, in memory of the connection's own.
    mutating func save(to context: MessageContext) {
        guard hasChanged else { return }
        hasChanged = false
        let memory = context.memory ?? ConnectionMemory()
        memory.replace(by: variables)
        context.memory = memory
    }
}

/// The members between messages.
final class ConnectionMemory {
    private var bytes = ByteBuffer()

    /// Name and value of each member, each behind its length.
    func visit(_ body: (ByteView, ByteView) -> Void) {
        let all = bytes.view
        var offset = 0
        func field() -> ByteView {
            let start = offset + 2
            offset = start + Int(all.loadUInt16(at: offset))
            return all[start..<offset]
        }
        while offset < all.count {
            let name = field()
            body(name, field())
        }
    }

    func replace(by variables: TransactionVariables) {
        // The members are views of the transaction's arena, not of these bytes.
        bytes.removeAll(keepingCapacity: true)
        for member in variables.members {
            guard let value = member.value else { continue }
            append(member.name)
            append(value)
        }
        for group in 0..<TransactionVariables.captureCount {
            guard let value = variables.captures[group] else { continue }
            append(ByteView("0123456789")[group..<(group + 1)])
            append(value)
        }
    }

    private func append(_ field: ByteView) {
        bytes.append(UInt8(truncatingIfNeeded: field.count))
        bytes.append(UInt8(truncatingIfNeeded: field.count >> 8))
        bytes.append(field)
    }
}
