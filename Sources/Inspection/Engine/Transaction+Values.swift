// Taking in what a request brings.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Forgets the transaction before; buffers stay for reuse.
    func reset() {
        settleCollections()
        arena.reset()
        recorder?.removeAll()
        debug.removeAll()
        hasDebugLog = false
        mode = .off
        isDetectOnly = false
        plan = .requestHeaders
        allowance = .pass
        runningRule = nil
        controls.removeAll()
        audit.removeAll()
        collections.removeAll()
        reading.removeAll()
        progress = RequestProgress()
        xml = nil
        highestSeverity = Self.noSeverity
        startMicroseconds = 0
        connection = .none
        request = RequestValues()
        requestHeaders.removeAll()
        arguments.removeAll()
        cookies.removeAll()
        response.removeAll()
        message = nil
        places.removeAll()
        streams = StreamValues()
        injection = ContentInjection()
        pauseMilliseconds = 0
        tx.removeAll()
        opening = nil
        pendingCapture = nil
        connectionState.removeAll()
        matched.removeAll()
        verdict = .pass
        breaches = []
        loggedLines = 0
        suppressedLines = 0
    }

    func parseCookies(_ rules: RuleSet) {
        let isVersion1 = rules.view.readsVersion1Cookies
        for index in requestHeaders.members.indices
        where requestHeaders.members[index].name.equalsIgnoringASCIICase("Cookie") {
            let field = requestHeaders.members[index].value
            let isWhole =
                isVersion1
                ? CookieParser.parseVersion1(field, into: &cookies, limit: limits.cookies)
                : CookieParser.parse(field, into: &cookies, limit: limits.cookies)
            if !isWhole { breaches.insert(.cookies) }
        }
    }

    /// A number in decimal, in the arena or for good.
    func number(_ value: Int) -> ByteView {
        if 0...9 ~= value { return ByteView("0123456789")[value..<(value + 1)] }
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text.append(decimal: value)
        return arena.copy(scratch.text.view)
    }
}
