// Variables that have named members.

internal import Bytes
internal import RuleStore

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

    /// Calls `body` with name, hash of the name and value of each member until it answers false.
    ///
    /// TX and MATCHED_VARS hand out a hash that is worked out on the way.
    func visitMembers(of variable: VariableName, _ body: (ByteView, UInt32, ByteView) -> Bool) {
        switch variable {
        case .args: visitArguments(arguments.all, names: false, body)
        case .argsNames: visitArguments(arguments.all, names: true, body)
        case .argsGet: visitArguments(arguments.fromQuery, names: false, body)
        case .argsGetNames: visitArguments(arguments.fromQuery, names: true, body)
        case .argsPost: visitArguments(arguments.fromBody, names: false, body)
        case .argsPostNames: visitArguments(arguments.fromBody, names: true, body)
        case .requestHeaders: visit(requestHeaders, names: false, body)
        case .requestHeadersNames: visit(requestHeaders, names: true, body)
        case .requestCookies: visit(cookies, names: false, body)
        case .requestCookiesNames: visit(cookies, names: true, body)
        case .responseHeaders: visit(response.headers, names: false, body)
        case .responseHeadersNames: visit(response.headers, names: true, body)
        case .tx: visitTransactionVariables(body)
        case .matchedVariables: visitMatches(names: false, body)
        case .matchedVariablesNames: visitMatches(names: true, body)
        case .argsCombinedSize, .requestLine, .requestMethod, .requestProtocol, .requestURI,
            .requestURIRaw, .requestFilename, .requestBasename, .queryString, .requestBody,
            .requestBodyLength, .requestBodyProcessor, .responseStatus, .responseBody,
            .responseContentType, .responseContentLength, .responseProtocol, .matchedVariable,
            .matchedVariableName, .remoteAddress, .remotePort, .serverAddress, .serverPort, .serverName,
            .uniqueID, .webSocketMessage, .webSocketOpcode, .webSocketDirection, .webSocketMessageIndex,
            .webSocketMessageLength, .webSocketSubprotocol, .webSocketFragments, .webSocketCompressed:
            break
        }
    }

    private func visit(_ values: NamedValues, names: Bool, _ body: (ByteView, UInt32, ByteView) -> Bool) {
        for index in values.members.indices {
            let member = values.members[index]
            guard body(member.name, member.nameHash, names ? member.name : member.value) else { return }
        }
    }

    private func visitArguments(
        _ range: Range<Int>, names: Bool, _ body: (ByteView, UInt32, ByteView) -> Bool
    ) {
        for index in range {
            let member = arguments[index]
            guard body(member.name, member.nameHash, names ? member.name : member.value) else { return }
        }
    }

    private func visitTransactionVariables(_ body: (ByteView, UInt32, ByteView) -> Bool) {
        for index in tx.members.indices {
            let member = tx.members[index]
            guard let value = member.value else { continue }
            guard body(member.name, member.name.caseInsensitiveHash, value) else { return }
        }
        for group in 0..<TransactionVariables.captureCount {
            guard let value = tx.captures[group] else { continue }
            let name = ByteView("0123456789")[group..<(group + 1)]
            guard body(name, name.caseInsensitiveHash, value) else { return }
        }
    }

    private func visitMatches(names: Bool, _ body: (ByteView, UInt32, ByteView) -> Bool) {
        for index in matched.all.indices {
            let match = matched.all[index]
            let name = name(of: match)
            guard body(name, name.caseInsensitiveHash, names ? name : match.value) else { return }
        }
    }
}
