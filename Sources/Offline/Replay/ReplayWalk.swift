// One exchange, step by step in the order of the gateway's own `Exchange`: head, framing, route, size,
// handshake, phases 1 and 2, then the response with phases 3 and 4, and phase 5.

internal import Bytes
internal import Gateway
internal import HTTP1
internal import HTTPMessage
internal import Inspection
internal import Reports
internal import RuleStore
internal import WebSocket

/// The state of a walk. Everything that it decides goes into the report.
struct ReplayWalk: ~Copyable {
    let replayer: Replayer
    var report: ReplayReport
    var head = RequestHead()
    var settings = LocationSettings()
    /// nil where no rules apply.
    var transaction: Transaction?
    /// nil where no pipeline holds.
    var stages: ReplayStages?
    /// Content, without its framing.
    var requestBody = HeldBody()
    var responseBody = HeldBody()
    let limits = HTTPLimits()

    init(_ replayer: Replayer, _ report: ReplayReport) {
        self.replayer = replayer
        self.report = report
    }

    mutating func run(request: ByteView, response: ByteView?, messages: [CapturedMessage] = []) {
        guard passesRequest(request) else { return finish() }
        if let response {
            judgeResponse(response)
            if report.decision?.isEnforced != true, report.refusal == nil { judge(messages) }
        } else if settings.proxy == nil, !replayer.policy.lookup.isBare {
            report.notes.append("the location has no proxy_pass: the gateway answers 404 once judged")
        }
        finish()
    }

    /// Phase 5, and what the rules leave behind.
    private mutating func finish() {
        stages?.finish()
        report.stages = stages?.notes ?? []
        guard let transaction else { return }
        if let stages, !stages.hasRules {
            ReplayNotes.take(from: replayer, into: &report)
            return
        }
        if transaction.isEngineOn { report.phases.append(RulePlan.logging.phase) }
        transaction.evaluateLogging()
        ReplayNotes.take(from: replayer, into: &report)
    }

    // MARK: Request

    /// - Returns: false when the exchange ends here.
    private mutating func passesRequest(_ bytes: ByteView) -> Bool {
        var parser = RequestParser()
        let length: Int
        do throws(HTTP1Error) {
            guard let end = try parser.parse(bytes, limits: limits, into: &head) else {
                return refuse(400, "the request's head is incomplete")
            }
            length = end
        } catch {
            noteRequestLine()
            return refuse(error.status, "\(error.reason), in line \(head.fields.count + 2) or before")
        }
        noteRequestLine()
        let framing: MessageFraming
        do throws(FramingError) {
            framing = try MessageFraming.request(&head)
            try HopByHop.mark(&head.fields)
        } catch {
            if error.isShownToRules { judgeRefused() }
            return refuse(error.status, "\(error.reason)")
        }
        guard chooseRoute() else { return false }
        if case .length(let bytes) = framing.body, exceedsBodyLimit(bytes) { return refuseBody() }
        guard acceptsHandshake(hasBody: framing.body != .none), passesRequestHeaders() else { return false }
        return takeRequestBody(framing.body, bytes[length...])
    }

    private mutating func noteRequestLine() {
        let line = ShownBytes.quoted(head.requestLine, limitBytes: 200)
        report.requestLine = line == "\"\"" ? "(no request line)" : String(line.dropFirst().dropLast())
    }

    private mutating func chooseRoute() -> Bool {
        let lookup = replayer.policy.lookup
        guard let listener = lookup.listener(for: head.authority ?? .empty) else {
            return refuse(421, "the configuration has no server")
        }
        let server = lookup.server(listener: listener, host: head.authority ?? .empty)
        guard let place = lookup.place(server: server, path: head.path) else {
            return refuse(400, "the path can not be normalised")
        }
        take(place)
        if place.redirectsToSlash { return refuse(301, "the location wants a slash at the path's end") }
        return true
    }

    mutating func take(_ place: RouteLookup.Place) {
        let lookup = replayer.policy.lookup
        settings = lookup.settings(of: place)
        let rules = settings.ruleSet.map { replayer.policy.ruleSets[$0] }
        report.place = ReplayReport.Place(
            title: lookup.isBare ? "rule files alone" : lookup.title(of: place), ruleSet: settings.ruleSet,
            inspection: settings.inspection.spelling, engine: rules?.view.mode.spelling)
    }

    private func exceedsBodyLimit(_ bytes: Int) -> Bool {
        settings.maxBodyBytes > 0 && bytes > settings.maxBodyBytes
    }

    private mutating func refuseBody() -> Bool {
        refuse(413, "the body is longer than client_max_body_size")
    }

    /// As the gateway judges handshakes before any rule sees them.
    private mutating func acceptsHandshake(hasBody: Bool) -> Bool {
        guard head.fields.contains(.upgrade) else { return true }
        var fields = HandshakeFields()
        for index in head.fields.indices {
            fields.add(name: head.fields.name(index), value: head.fields.value(index))
        }
        let verdict = UpgradeRequest.judge(
            method: head.method, isHTTP11: head.version == .http11, hasBody: hasBody, fields: fields)
        guard case .refused(let refusal) = verdict else { return true }
        return refuse(refusal.status, "invalid WebSocket handshake: \(refusal)")
    }

    /// Content that the gateway holds for the rules, and phase 2.
    private mutating func takeRequestBody(_ length: BodyLength, _ bytes: ByteView) -> Bool {
        let hasContent = length != .none && length != .length(0)
        let holds = hasContent && transaction?.needsRequestBody == true
        if holds, !acceptsCoding() { return false }
        var decoder = BodyDecoder(length, limits: limits)
        var offset = 0
        while hasContent {
            let step: BodyStep
            do throws(HTTP1Error) {
                step = try decoder.decode(bytes, from: offset)
            } catch {
                return refuse(error.status, "\(error.reason) in the body")
            }
            guard case .data(let range) = step else { break }
            offset = range.upperBound
            if exceedsBodyLimit(decoder.contentBytes) { return refuseBody() }
            guard holds, let transaction else { continue }
            let progress = requestBody.append(bytes[range], limitBytes: transaction.requestBodyLimitBytes)
            if case .overLimit(let reason) = progress { return takeLongRequestBody(reason) }
        }
        if holds { requestBody.finish() }
        return passesRequestBody(hasBody: length != .none, isTruncated: false)
    }

    /// Content-Encoding.
    private mutating func acceptsCoding() -> Bool {
        guard let transaction else { return true }
        switch transaction.requestBodyCoding {
        case .plain: break
        case .coded(let codings):
            if settings.refusesCodedRequests, transaction.enforces {
                return refuse(415, "waf_request_coding is refuse")
            }
            requestBody.decode(codings, limitBytes: transaction.requestBodyLimitBytes)
        case .unreadable(let reason):
            if transaction.enforces { return refuse(415, reason) }
            requestBody.markUnreadable(reason)
        }
        return true
    }

    /// SecRequestBodyLimitAction.
    private mutating func takeLongRequestBody(_ reason: String) -> Bool {
        if transaction?.requestBodyLimitAction == .reject {
            return refuse(
                413, "the body is over SecRequestBodyLimit or SecRequestBodyNoFilesLimit: \(reason)")
        }
        report.notes.append("the request's body is judged up to the rules' limit only: \(reason)")
        return passesRequestBody(hasBody: true, isTruncated: true)
    }

    /// - Returns: false, for the caller to hand on.
    mutating func refuse(_ status: Int, _ reason: String) -> Bool {
        report.refusal = ReplayReport.Refusal(status: status, reason: reason)
        return false
    }
}
