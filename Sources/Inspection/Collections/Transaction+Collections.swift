// What setvar, setenv and macros do to TX, ENV and the persistent collections.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// The value of a member, nil where it or its collection is absent.
    func stored(_ name: ByteView, in collection: VariableName) -> ByteView? {
        if collection == .tx { settleIfCapture(name) }
        return switch collection {
        case .tx: tx[name]
        case .environment: collections.environment?[name]
        case .webSocketState: connectionState.variables[name]
        default: recordMember(name, of: collection)
        }
    }

    /// The member's name as it was first written.
    func spelling(of name: ByteView, in collection: VariableName) -> ByteView {
        switch collection {
        case .tx: tx.spelling(of: name)
        case .environment: collections.environment?.spelling(of: name) ?? name
        case .webSocketState: connectionState.variables.spelling(of: name)
        default: recordSpelling(of: name, in: collection)
        }
    }

    /// Sets a member; one of a collection that no rule has opened goes nowhere, as in ModSecurity 2.
    ///
    /// - Parameter isConstant: The name lies in the store.
    func store(
        _ name: ByteView, _ value: ByteView, in collection: VariableName, isConstant: Bool = false
    ) {
        if collection == .webSocketState {
            if !connectionState.set(name, to: value) { breaches.insert(.connectionState) }
            return
        }
        var value = value
        if value.count > limits.txValueBytes {
            value = value[..<limits.txValueBytes]
            breaches.insert(.txValue)
        }
        var isStored = true
        switch collection {
        case .tx:
            settleIfCapture(name)
            isStored =
                isConstant
                ? tx.set(constant: name, to: value, limit: limits.txMembers)
                : tx.set(name, to: value, limit: limits.txMembers)
        case .environment:
            if collections.environment == nil { collections.environment = TransactionVariables() }
            isStored = collections.environment!.set(name, to: value, limit: limits.txMembers)
        default: setRecordMember(name, value, of: collection)
        }
        if !isStored { breaches.insert(.txMembers) }
    }

    /// TX.0 to TX.9 are those of the last capture before they are read or changed.
    private func settleIfCapture(_ name: ByteView) {
        if TransactionVariables.isCapture(name), let rules { settleCaptures(rules) }
    }

    func remove(_ name: ByteView, from collection: VariableName) {
        if collection == .tx { settleIfCapture(name) }
        switch collection {
        case .tx: tx.remove(name)
        case .environment: collections.environment?.remove(name)
        case .webSocketState: connectionState.remove(name)
        default: removeRecordMember(name, of: collection)
        }
    }

    /// Text that is no number counts as 0; a sum is never below 0, as in ModSecurity 2.
    func count(_ name: ByteView, by amount: Int, in collection: VariableName) {
        switch collection {
        case .tx, .environment, .webSocketState:
            let old = stored(name, in: collection).map(LeadingNumber.read) ?? 0
            store(name, number(Self.sum(old, amount)), in: collection)
        default: addToRecordMember(name, amount, of: collection)
        }
    }

    static func sum(_ old: Int, _ amount: Int) -> Int {
        let (sum, overflow) = old.addingReportingOverflow(amount)
        return overflow ? (amount < 0 ? 0 : .max) : max(0, sum)
    }
}
