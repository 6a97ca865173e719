// Texts with macros.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// The text with its macros replaced; absent values leave nothing. A text without macros is
    /// read in place.
    func expand(_ text: Int, _ rules: RuleSet) -> ByteView {
        let parts = rules.view.parts(ofText: text)
        if parts.isEmpty { return .empty }
        if parts.count == 1 {
            switch rules.view.textPart(parts.lowerBound) {
            case .literal(let bytes): return bytes
            case .variable(let variable, let key, let hash):
                return firstValue(variable, key: key, keyHash: hash) ?? .empty
            }
        }
        var room = limits.expandedTextBytes
        var total = 0
        for part in parts { total += value(of: rules.view.textPart(part)).count }
        if total > room { breaches.insert(.expandedText) }
        room = min(room, total)
        return arena.fill(upTo: room) { output in
            for part in parts {
                let bytes = value(of: rules.view.textPart(part))
                output.append(bytes[..<min(bytes.count, output.freeCapacity)])
            }
        }
    }

    /// What a part of a text stands for at this moment.
    func value(of part: TextPart) -> ByteView {
        switch part {
        case .literal(let bytes): bytes
        case .variable(let variable, let key, let hash):
            firstValue(variable, key: key, keyHash: hash) ?? .empty
        }
    }

    /// The first value of a variable or of one of its members, nil where there is none.
    private func firstValue(_ variable: VariableName, key: ByteView?, keyHash: UInt32) -> ByteView? {
        guard variable.isCollection else { return scalar(variable) }
        if let key {
            if variable == .tx { return tx.member(constant: key)?.value }
            if variable == .webSocketState { return connectionState.variables[key] }
            if let record = collections[variable] { return record[key] }
        }
        // Both reference engines leave RULE out of macros.
        if variable == .rule { return nil }
        return firstMember(of: variable) { name, hash in
            guard let key else { return true }
            return hash == keyHash && name.equalsIgnoringASCIICase(key)
        }
    }
}
