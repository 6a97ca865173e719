// Variables that have named members.

internal import Bytes
internal import RuleStore

/// Takes name, case-insensitive hash of the name and value of a member; false ends the visit.
typealias MemberVisitor = (ByteView, UInt32, ByteView) -> Bool

extension Transaction {
    /// The value of the first member whose name `isWanted`; it is given the name and its
    /// case-insensitive hash.
    func firstMember(of variable: VariableName, where isWanted: (ByteView, UInt32) -> Bool) -> ByteView? {
        var found: ByteView?
        visitMembers(of: variable) { name, hash, value in
            guard isWanted(name, hash) else { return true }
            found = value
            return false
        }
        return found
    }

    /// Calls `body` with each member until it answers false.
    ///
    /// Some families work the hash out on the way.
    func visitMembers(of variable: VariableName, _ body: MemberVisitor) {
        switch variable.family {
        case .arguments: visitArguments(variable, body)
        case .requestFields: visitRequestFields(variable, body)
        case .response: visitResponseFields(variable, body)
        case .transactionVariables: visit(tx, body)
        case .matches: visitMatches(names: variable == .matchedVariablesNames, body)
        case .files: visitFiles(variable, body)
        case .multipart: visit(reading.parts.headers, names: false, body)
        case .rule: visitRule(body)
        case .places: visit(places, names: false, body)
        case .environment:
            if let record = collections.environment { visit(record, body) }
        case .collections: visitRecord(variable, body)
        case .webSocketState: visit(connectionState.variables, body)
        case .requestLine, .requestBody, .bodyProcessing, .connection, .webSocket, .wholeRequest, .xml,
            .authentication, .time, .engine, .streams:
            break
        }
    }

    func visit(_ values: NamedValues, names: Bool, _ body: MemberVisitor) {
        for index in values.members.indices {
            let member = values.members[index]
            guard body(member.name, member.nameHash, names ? member.name : member.value) else { return }
        }
    }

    private func visit(_ variables: TransactionVariables, _ body: MemberVisitor) {
        for index in variables.members.indices {
            let member = variables.members[index]
            guard let value = member.value else { continue }
            // Members by key are not looked for here, so nobody asks for the hash.
            guard body(member.name, 0, value) else { return }
        }
        for group in 0..<TransactionVariables.captureCount {
            guard let value = variables.captures[group] else { continue }
            let name = ByteView("0123456789")[group..<(group + 1)]
            guard body(name, 0, value) else { return }
        }
    }
}
