// ENV and the collections that rules open.

internal import Bytes
internal import RuleStore

/// What one transaction has open.
struct CollectionTable {
    var environment: TransactionVariables?
    private var ip: OpenRecord?
    private var global: OpenRecord?
    private var resource: OpenRecord?
    private var session: OpenRecord?
    private var user: OpenRecord?
    /// SESSIONID and USERID.
    var sessionID = ByteView.empty
    var userID = ByteView.empty
    private var isEmpty = true

    static let names: [VariableName] = [.ip, .global, .resource, .session, .user]

    /// nil for a collection that is not open.
    subscript(collection: VariableName) -> OpenRecord? {
        get {
            switch collection {
            case .ip: ip
            case .global: global
            case .resource: resource
            case .session: session
            case .user: user
            default: nil
            }
        }
        set {
            isEmpty = false
            switch collection {
            case .ip: ip = newValue
            case .global: global = newValue
            case .resource: resource = newValue
            case .session: session = newValue
            case .user: user = newValue
            default: preconditionFailure("no such collection")
            }
        }
    }

    /// Those that this transaction has changed.
    var changedRecords: [(collection: VariableName, record: OpenRecord)] {
        guard !isEmpty else { return [] }
        return Self.names.compactMap { name in
            self[name].flatMap { $0.isChanged ? (name, $0) : nil }
        }
    }

    mutating func removeAll() { self = CollectionTable() }
}
