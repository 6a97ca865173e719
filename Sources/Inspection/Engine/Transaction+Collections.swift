// initcol, setsid, setuid, setrsc, setenv, expirevar, deprecatevar and what setvar does to them.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Opens the record of a key; a collection that is open already stays as it is.
    func openCollection(_ collection: VariableName, key: Int, namesClient: Bool, _ rules: RuleSet) {
        let key = arena.copy(expand(key, rules))
        guard !key.isEmpty else { return }
        if namesClient {
            if collection == .session { collections.sessionID = key } else { collections.userID = key }
        }
        guard collections[collection] == nil else { return }
        let seconds = number(scratch.clock.unixSeconds)
        var record = TransactionVariables()
        let members: [(StaticString, ByteView)] = [
            ("CREATE_TIME", seconds), ("IS_NEW", number(1)), ("KEY", key), ("LAST_UPDATE_TIME", seconds),
            ("TIMEOUT", number(rules.view.collectionTimeoutSeconds)), ("UPDATE_COUNTER", number(0)),
            ("UPDATE_RATE", number(0)),
        ]
        for (name, value) in members { _ = record.set(ByteView(name), to: value, limit: limits.txMembers) }
        collections[collection] = record
    }

    /// Remembers when a member is to go: `__expire_NAME` holds the second.
    func age(
        _ kind: CollectionAging.Kind, _ collection: VariableName, name: Int, value: Int, _ rules: RuleSet
    ) {
        let name = expand(name, rules)
        guard !name.isEmpty else { return }
        switch kind {
        case .expire:
            let seconds = LeadingNumber.read(expand(value, rules))
            let (moment, overflow) = scratch.clock.unixSeconds.addingReportingOverflow(seconds)
            store(prefixed("__expire_", name), number(overflow ? .max : moment), in: collection)
        case .deprecate:
            // A record that has just been opened has nothing to lose yet.
            break
        }
    }

    private func prefixed(_ prefix: StaticString, _ name: ByteView) -> ByteView {
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text.append(prefix)
        scratch.text.append(name)
        return arena.copy(scratch.text.view)
    }

    /// The value of a member, nil where it or its collection is absent.
    func stored(_ name: ByteView, in collection: VariableName) -> ByteView? {
        switch collection {
        case .tx: tx[name]
        case .webSocketState: connectionState.variables[name]
        default: collections[collection]?[name]
        }
    }

    /// Sets a member; one of a collection that no rule has opened goes nowhere, as in ModSecurity 2.
    func store(_ name: ByteView, _ value: ByteView, in collection: VariableName) {
        if collection == .webSocketState {
            if !connectionState.set(name, to: value) { breaches.insert(.connectionState) }
            return
        }
        var value = value
        if value.count > limits.txValueBytes {
            value = value[..<limits.txValueBytes]
            breaches.insert(.txValue)
        }
        let isStored =
            if collection == .tx {
                tx.set(name, to: value, limit: limits.txMembers)
            } else {
                collections.set(name, to: value, in: collection, limit: limits.txMembers)
            }
        if !isStored { breaches.insert(.txMembers) }
    }

    func remove(_ name: ByteView, from collection: VariableName) {
        switch collection {
        case .tx: tx.remove(name)
        case .webSocketState: connectionState.remove(name)
        default: collections.remove(name, from: collection)
        }
    }
}
