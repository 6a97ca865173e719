// A record of a persistent collection, as a transaction has opened it.

internal import Bytes
internal import RuleStore
internal import SharedDictionary

/// Where the record lies in the dictionary, and what stood in it when it was opened. Its members are
/// read and written where they lie, shared with all workers.
struct OpenRecord {
    var group: KeyDigest
    /// In the transaction's arena.
    var key: ByteView
    /// Whether this transaction has made it. There is no IS_NEW otherwise, as in ModSecurity 2.
    var isNew: Bool
    var createdSeconds: Int
    /// nil for a record that was never changed.
    var lastUpdateSeconds: Int?
    /// Transactions that had changed it.
    var updateCounter: Int
    /// Seconds from its last change on that it is kept.
    var timeoutSeconds: Int
    /// Whether this transaction has changed it.
    var isChanged = false
}

/// Members that the engine itself keeps in every record.
enum SpecialMember: CaseIterable {
    case createTime, isNew, key, lastUpdateTime, timeout, updateCounter, updateRate

    var name: StaticString {
        switch self {
        case .createTime: "CREATE_TIME"
        case .isNew: "IS_NEW"
        case .key: "KEY"
        case .lastUpdateTime: "LAST_UPDATE_TIME"
        case .timeout: "TIMEOUT"
        case .updateCounter: "UPDATE_COUNTER"
        case .updateRate: "UPDATE_RATE"
        }
    }

    /// nil for a member that rules make.
    init?(_ name: ByteView) {
        // Most names are of another length, or begin otherwise.
        guard name.count >= 3, name.count <= 16 else { return nil }
        for member in Self.allCases where ByteView(member.name).equalsIgnoringASCIICase(name) {
            self = member
            return
        }
        return nil
    }
}
