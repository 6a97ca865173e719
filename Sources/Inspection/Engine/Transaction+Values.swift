// Taking in what a request brings.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Forgets the transaction before; buffers stay for reuse.
    func reset() {
        arena.reset()
        mode = .off
        plan = .requestHeaders
        connection = .none
        request = RequestValues()
        requestHeaders.removeAll()
        arguments.removeAll()
        cookies.removeAll()
        response.removeAll()
        message = nil
        tx.removeAll()
        matched.removeAll()
        verdict = .pass
        breaches = []
        loggedLines = 0
        suppressedLines = 0
    }

    func parseQuery(separator: UInt8) {
        let parser = ArgumentParser(separator: separator, arena: arena, limit: limits.arguments)
        if !parser.parse(request.query, into: &arguments) { breaches.insert(.arguments) }
        arguments.beginBody()
    }

    func parseCookies() {
        for index in requestHeaders.members.indices
        where requestHeaders.members[index].name.equalsIgnoringASCIICase("Cookie") {
            let field = requestHeaders.members[index].value
            if !CookieParser.parse(field, into: &cookies, limit: limits.cookies) { breaches.insert(.cookies) }
        }
    }

    /// ModSecurity 2 offers REQUEST_BODY for forms alone.
    func takeRequestBody(_ body: ByteView, separator: UInt8) {
        request.bodyBytes = body.count
        switch request.processor {
        case .urlEncoded:
            request.body = body
            let parser = ArgumentParser(separator: separator, arena: arena, limit: limits.arguments)
            if !parser.parse(body, into: &arguments) { breaches.insert(.arguments) }
        case .multipart, .none:
            break
        }
    }

    /// A number in decimal, in the arena.
    func number(_ value: Int) -> ByteView {
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text.append(decimal: value)
        return arena.copy(scratch.text.view)
    }
}
