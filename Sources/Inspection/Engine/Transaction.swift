// One request and its response under the rules: what the gateway calls, in the order it calls it.

package import Automata
package import Bytes
package import RuleStore

/// The rule engine's view of one request, from its head to its log lines.
///
/// Reused: `begin` forgets the one before. Views that are handed in stay the caller's and must stay
/// readable until the next `begin` or `end`; nothing else is kept of them. Not for several threads.
package final class Transaction {
    let scratch: EvaluationScratch
    let limits: InspectionLimits
    /// What the transaction makes: decoded arguments, transformed values, variables.
    let arena = Arena()
    /// Matched-rule lines, one a line, without time stamp. The caller writes and empties it.
    package var log = ByteBuffer()
    /// Lines for the debug log. The caller writes and empties them.
    package var debug = DebugTrace()
    /// Whether somebody writes them.
    var hasDebugLog = false
    /// Told of every match; nil: nobody wants to know.
    package var recorder: MatchRecorder?

    /// nil outside begin ... end.
    var rules: RuleSet?
    var mode = EngineSettings.Mode.off
    /// Caps the mode at DetectionOnly.
    var isDetectOnly = false
    /// Nobody waits for the verdict of the phase any more.
    private(set) var isAbandoned = false
    var plan = RulePlan.requestHeaders
    /// What `allow` let through; pass: nothing.
    var allowance = Disruption.pass
    /// The first rule of the chain that is being evaluated.
    var runningRule: RuleRecord?
    var controls = TransactionControls()
    var audit = AuditNotes()
    var collections = CollectionTable()
    var reading = BodyReading()
    var progress = RequestProgress()
    /// nil unless the body was read as XML.
    var xml: XMLReading?
    /// 0 (EMERGENCY) to 7, `noSeverity` while no rule with a severity has matched.
    var highestSeverity = Transaction.noSeverity
    /// When the transaction began, since 1970.
    var startMicroseconds = 0
    var connection = ConnectionFacts.none
    var request = RequestValues()
    var requestHeaders = NamedValues()
    var arguments = ArgumentValues()
    var cookies = NamedValues()
    var response = ResponseValues()
    var message: MessageFacts?
    var places = NamedValues()
    var streams = StreamValues()
    var injection = ContentInjection()
    var pauseMilliseconds = 0
    var tx = TransactionVariables()
    /// Owns the values that `tx` began with.
    var opening: PlanOpening?
    var pendingCapture: PendingCapture?
    /// Whose names `tx` has met.
    private var lastRules: Int?
    var connectionState = ConnectionState()
    var matched = MatchedValues()
    var verdict = Verdict.pass
    var breaches: LimitBreaches = []
    var loggedLines = 0
    var suppressedLines = 0

    /// What HIGHEST_SEVERITY says before any rule with a severity has matched, as in ModSecurity.
    static let noSeverity = 255

    package init(scratch: EvaluationScratch, limits: InspectionLimits = InspectionLimits()) {
        self.scratch = scratch
        self.limits = limits
    }

    /// A transaction with buffers of its own, for a caller that runs one at a time.
    package convenience init(matcher: PatternMatcher) {
        self.init(scratch: EvaluationScratch(matcher: matcher))
    }

    /// Starts on a new request. `rules` are kept until `end` or the next `begin`.
    ///
    /// - Parameters:
    ///   - isDetectOnly: Caps what SecRuleEngine says at DetectionOnly.
    ///   - auditMode: Which transactions get an entry in the audit log; nil: there is none to write to.
    ///   - hasDebugLog: Whether lines for the debug log are written by the caller.
    package func begin(
        rules: RuleSet, isDetectOnly: Bool, connection: ConnectionFacts,
        auditMode: EngineSettings.AuditMode? = nil, hasDebugLog: Bool = false
    ) {
        reset()
        self.hasDebugLog = hasDebugLog
        if hasDebugLog { debug.level = rules.view.debugLogLevel }
        if lastRules != rules.number {
            tx.forgetConstants()
            lastRules = rules.number
        }
        self.rules = rules
        mode = rules.view.mode
        self.isDetectOnly = isDetectOnly
        isAbandoned = false
        if isDetectOnly, mode == .on { mode = .detectionOnly }
        audit.mode = auditMode
        startMicroseconds = scratch.clock.unixMicroseconds
        self.connection = connection.copied(to: arena)
    }

    /// The phase that is interrupted ends at its next step; phase 5 may follow.
    package func abandonPhase() { isAbandoned = true }

    /// Whether its buffers are larger than those of ordinary requests.
    package var holdsMuch: Bool {
        arguments.count > Self.ordinaryArguments || arena.allocatedBytes > Self.ordinaryBytes
    }

    private static let ordinaryArguments = 256
    private static let ordinaryBytes = 128 << 10

    /// Lets go of the rule set and of all views, so that a generation can be closed.
    package func end() {
        reset()
        rules = nil
    }

    // MARK: Request

    package func setRequestLine(
        line: ByteView, method: ByteView, target: ByteView, protocolText: ByteView
    ) {
        request.line = line
        request.method = method
        request.protocolText = protocolText
        request.setTarget(target)
    }

    package func addRequestHeader(name: ByteView, value: ByteView) {
        guard requestHeaders.count < limits.headers else {
            breaches.insert(.headers)
            return
        }
        requestHeaders.append(name: name, value: value)
    }

    /// Phase 1.
    package func evaluateRequestHeaders() -> Verdict {
        guard let rules, mode != .off else { return verdict }
        readRequestHead()
        return run(.requestHeaders, rules)
    }

    /// Whether the body is to be held for `evaluateRequestBody`.
    package var needsRequestBody: Bool {
        guard let rules, mode != .off, verdict.action == .pass, allowance != .allow,
            allowance != .allowRequest
        else { return false }
        return controls.inspectsRequestBody ?? rules.view.inspectsRequestBody
    }

    /// Bytes of body that are held; what follows is handled as `requestBodyLimitAction` says.
    package var requestBodyLimitBytes: Int {
        guard let rules else { return 0 }
        let limit = controls.requestBodyLimitBytes ?? rules.view.requestBodyLimitBytes
        return request.processor == .multipart ? limit : min(limit, rules.view.requestBodyNoFilesLimitBytes)
    }

    /// Reject is answered with 413 and never said under DetectionOnly.
    package var requestBodyLimitAction: EngineSettings.LimitAction {
        guard let rules, mode == .on else { return .processPartial }
        return rules.view.requestBodyLimitAction
    }

    /// Phase 2.
    ///
    /// - Parameter body: nil when there is none or it is not inspected.
    /// - Parameter isTruncated: The body goes on behind what is given.
    /// - Parameter fault: Why the body can not be read under its Content-Encoding; what could be read of it
    ///   is given then.
    package func evaluateRequestBody(
        _ body: ByteView?, isTruncated: Bool, fault: String? = nil
    ) -> Verdict {
        guard let rules, mode != .off, verdict.action == .pass else { return verdict }
        readRequestBody(body, isTruncated: isTruncated, fault: fault)
        return run(.requestBody, rules)
    }

    // MARK: Response

    /// - Parameter reason: The reason phrase, which the response may lack.
    package func setResponse(status: Int, protocolText: ByteView, reason: ByteView = .empty) {
        response.reason = reason
        response.status = status
        response.statusText = number(status)
        response.protocolText = protocolText
    }

    package func addResponseHeader(name: ByteView, value: ByteView) {
        guard response.headers.count < limits.headers else {
            breaches.insert(.headers)
            return
        }
        response.headers.append(name: name, value: value)
    }

    /// Phase 3.
    package func evaluateResponseHeaders() -> Verdict {
        guard let rules, mode != .off, verdict.action == .pass else { return verdict }
        return run(.responseHeaders, rules)
    }

    /// Whether a response of that Content-Type is to be held for `evaluateResponseBody`: there are
    /// rules of phase 4, and the type is one of SecResponseBodyMimeType.
    ///
    /// - Parameter withoutRules: Somebody else wants to see it, rules or not.
    package func needsResponseBody(contentType: ByteView, withoutRules: Bool = false) -> Bool {
        guard let rules, mode != .off, verdict.action == .pass, allowance != .allow,
            controls.inspectsResponseBody ?? rules.view.inspectsResponseBody,
            withoutRules || rules.view.plan(.responseBody).count > 0
        else { return false }
        let end = contentType.firstIndex(of: ASCII.byte(";")) ?? contentType.count
        return rules.view.inspectsResponseBody(
            ofType: contentType[..<end].trimming(while: ASCII.isBlank))
    }

    package var responseBodyLimitBytes: Int {
        controls.responseBodyLimitBytes ?? rules?.view.responseBodyLimitBytes ?? 0
    }

    package var responseBodyLimitAction: EngineSettings.LimitAction {
        guard let rules, mode == .on else { return .processPartial }
        return rules.view.responseBodyLimitAction
    }

    /// Phase 4.
    ///
    /// - Parameter body: nil when it is not inspected; rules on other variables run all the same.
    /// - Parameter isTruncated: The body goes on behind what is given.
    /// - Parameter isDecoded: The body came under Content-Encoding and is given decoded. Rules that leave
    ///   coded bodies alone, as CRS does, ask for that field: it is not shown to them then.
    package func evaluateResponseBody(
        _ body: ByteView?, isTruncated: Bool, isDecoded: Bool = false
    ) -> Verdict {
        guard let rules, mode != .off, verdict.action == .pass else { return verdict }
        response.body = body
        response.isCutShort = isTruncated
        guard isDecoded else { return run(.responseBody, rules) }
        let headers = response.headers
        response.headers.remove("Content-Encoding")
        defer { response.headers = headers }
        return run(.responseBody, rules)
    }

    // MARK: Logging

    /// The gateway answers itself, whatever the upstream said or would have said.
    ///
    /// - Parameter reason: Stays readable until the transaction ends.
    package func noteAnswer(status: Int, reason: ByteView) {
        setResponse(status: status, protocolText: ByteView("HTTP/1.1"), reason: reason)
    }

    /// Phase 5: runs after a denial too and can not deny.
    package func evaluateLogging() {
        guard let rules, mode != .off else { return }
        isAbandoned = false
        _ = run(.logging, rules)
        settleCollections()
        logBreaches()
    }
}
