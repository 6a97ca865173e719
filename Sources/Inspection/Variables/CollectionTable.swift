// ENV and the collections that rules open.

internal import Bytes
internal import RuleStore

/// The records of one transaction. They end with it.
struct CollectionTable {
    private var environment: TransactionVariables?
    private var ip: TransactionVariables?
    private var global: TransactionVariables?
    private var resource: TransactionVariables?
    private var session: TransactionVariables?
    private var user: TransactionVariables?
    /// SESSIONID and USERID.
    var sessionID = ByteView.empty
    var userID = ByteView.empty

    /// nil for a collection that is not open.
    subscript(collection: VariableName) -> TransactionVariables? {
        get {
            switch collection {
            case .environment: environment
            case .ip: ip
            case .global: global
            case .resource: resource
            case .session: session
            case .user: user
            default: nil
            }
        }
        set {
            switch collection {
            case .environment: environment = newValue
            case .ip: ip = newValue
            case .global: global = newValue
            case .resource: resource = newValue
            case .session: session = newValue
            case .user: user = newValue
            default: preconditionFailure("no such collection")
            }
        }
    }

    /// - Returns: false when the name is new and `limit` members are there already.
    mutating func set(
        _ name: ByteView, to value: ByteView, in collection: VariableName, limit: Int
    ) -> Bool {
        switch collection {
        case .environment:
            if environment == nil { environment = TransactionVariables() }
            return environment!.set(name, to: value, limit: limit)
        case .ip: return ip?.set(name, to: value, limit: limit) ?? true
        case .global: return global?.set(name, to: value, limit: limit) ?? true
        case .resource: return resource?.set(name, to: value, limit: limit) ?? true
        case .session: return session?.set(name, to: value, limit: limit) ?? true
        case .user: return user?.set(name, to: value, limit: limit) ?? true
        default: preconditionFailure("no such collection")
        }
    }

    mutating func remove(_ name: ByteView, from collection: VariableName) {
        switch collection {
        case .environment: environment?.remove(name)
        case .ip: ip?.remove(name)
        case .global: global?.remove(name)
        case .resource: resource?.remove(name)
        case .session: session?.remove(name)
        case .user: user?.remove(name)
        default: preconditionFailure("no such collection")
        }
    }

    mutating func removeAll() { self = CollectionTable() }
}
