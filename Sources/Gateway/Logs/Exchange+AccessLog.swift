// The line of an access log (nginx's log_format).

internal import Bytes
internal import HTTPMessage
internal import Posix
internal import RuleStore

extension Exchange {
    /// Writes the request's line to each access log of its location.
    func writeAccessLog() {
        guard tally.isOpen else { return }
        tally.isOpen = false
        guard let route, let generation, !route.accessLogs.isEmpty else { return }
        tally.attemptEnded(now: worker.now)
        for log in route.accessLogs {
            worker.accessLine.removeAll(keepingCapacity: true)
            append(generation.policy.logFormats[log.format])
            worker.write(worker.accessLine.view, to: log.file)
        }
    }

    private func append(_ format: LogFormat) {
        for part in format.parts {
            switch part {
            case .literal(let text): worker.accessLine.append(text)
            case .variable(let variable):
                worker.logValue.removeAll(keepingCapacity: true)
                appendValue(of: variable)
                LogEscaping.append(worker.logValue.view, format.escaping, to: &worker.accessLine)
            }
        }
    }

    /// Appends the value as it is; nothing for what is absent.
    private func appendValue(of variable: LogVariable) {
        switch variable {
        case .template(let variable): append(variable, to: &worker.logValue)
        case .sentField(let name): appendSentField(name)
        case .known(let variable): appendValue(of: variable)
        }
    }

    private func appendValue(of variable: KnownLogVariable) {
        switch variable {
        case .status: worker.logValue.append(decimal: tally.loggedStatus)
        case .bytesSent: worker.logValue.append(decimal: tally.sentBytes)
        case .bodyBytesSent: worker.logValue.append(decimal: max(0, tally.sentBytes - tally.sentHeadBytes))
        case .request: worker.logValue.append(session.head.requestLine)
        case .requestLength: worker.logValue.append(decimal: tally.headBytes + requestBody.contentBytes)
        case .requestTime: appendSeconds(worker.now - tally.startMilliseconds)
        case .timeLocal: LogTime.appendLocal(worker.secondsSinceEpoch, to: &worker.logValue)
        case .timeISO8601: LogTime.appendISO8601(worker.secondsSinceEpoch, to: &worker.logValue)
        case .milliseconds: appendSeconds(Int(clamping: WallClock.milliseconds))
        case .remoteUser: appendRemoteUser()
        case .upstreamAddress: appendAttempts { worker.logValue.append($0.address.authorityText) }
        case .upstreamStatus:
            appendAttempts {
                if $0.status > 0 { worker.logValue.append(decimal: $0.status) } else { worker.logValue.append("-") }
            }
        case .upstreamResponseTime:
            appendAttempts { appendSeconds(($0.endMilliseconds ?? worker.now) - $0.startMilliseconds) }
        case .connection: worker.logValue.append(decimal: session.number)
        case .connectionRequests: worker.logValue.append(decimal: session.answeredRequests + 1)
        case .wafVerdict: worker.logValue.append(verdictText)
        case .wafRuleID: if tally.ruleID > 0 { worker.logValue.append(decimal: Int(tally.ruleID)) }
        }
    }

    private var verdictText: StaticString {
        switch tally.judgement {
        case .none: ""
        case .passed: "pass"
        case .detected: "detect"
        case .blocked: "block"
        case .dropped: "drop"
        }
    }

    /// `1.042`
    private func appendSeconds(_ milliseconds: Int) {
        let milliseconds = max(0, milliseconds)
        worker.logValue.append(decimal: milliseconds / 1_000)
        worker.logValue.append(ASCII.byte("."))
        let rest = milliseconds % 1_000
        if rest < 100 { worker.logValue.append(ASCII.byte("0")) }
        if rest < 10 { worker.logValue.append(ASCII.byte("0")) }
        worker.logValue.append(decimal: rest)
    }

    /// One value for each server that was tried.
    private func appendAttempts(_ append: (ExchangeTally.Attempt) -> Void) {
        for (index, attempt) in tally.attempts.enumerated() {
            if index > 0 { worker.logValue.append(", ") }
            append(attempt)
        }
    }

    /// A field of the upstream's answer; of the gateway's own answers none is remembered.
    private func appendSentField(_ name: String) {
        guard relay.head.status == tally.status else { return }
        worker.fieldScratch.removeAll(keepingCapacity: true)
        worker.fieldScratch.append(name)
        for value in relay.head.fields.values(of: worker.fieldScratch.view) {
            if !worker.logValue.isEmpty { worker.logValue.append(", ") }
            worker.logValue.append(value)
        }
    }

    /// The name in `Authorization: Basic` (RFC 7617).
    private func appendRemoteUser() {
        guard let value = session.head.fields.first(.authorization), value.count > 6,
            value[..<6].equalsIgnoringASCIICase("Basic ")
        else { return }
        let start = worker.logValue.count
        guard Base64.decode(value[6...].trimming(while: ASCII.isBlank), into: &worker.logValue),
            let colon = worker.logValue.view.firstIndex(of: ASCII.byte(":"))
        else { return worker.logValue.truncate(to: start) }
        worker.logValue.truncate(to: colon)
    }
}
