// Bodies under the rules: short ones at once, long ones in turns between other connections' events.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import Transport

extension Exchange {
    /// Phase 2 on what is held; then the request goes on, or is answered.
    func judgeRequestBody(isTruncated: Bool) {
        if isInPipeline { return judgeRequestInPipeline(isTruncated: isTruncated) }
        let held = requestBody.length == .none ? nil : requestBody.held.judged
        guard let transaction, let body = held, !carriesMessage, LongEvaluation.isAdvised(bytes: body.count)
        else {
            if passesRequestBody(isTruncated: isTruncated) { forward() }
            return
        }
        let fault = requestBody.held.fault
        let evaluation = LongEvaluation(transaction) {
            $0.evaluateRequestBody(body, isTruncated: isTruncated, fault: fault)
        } ended: { [unowned self] verdict in
            self.evaluation = nil
            requestJudged(verdict)
        }
        if let verdict = worker.evaluations.begin(evaluation) {
            requestJudged(verdict)
        } else {
            self.evaluation = evaluation
            request = .judging
            session.deadline.clear()
        }
    }

    private func requestJudged(_ verdict: Verdict) {
        request = .routing
        if obey(verdict) { forward() }
    }

    /// Phase 4 on what is held; then the response goes on, or another is sent in its place.
    ///
    /// - Parameters:
    ///   - rest: What lies behind it on the wire.
    ///   - isComplete: Nothing will come behind it.
    func judgeHeldResponse(isTruncated: Bool, rest: ByteView = .empty, isComplete: Bool = false) {
        if isInPipeline {
            judgeHeldResponseInPipeline(isTruncated: isTruncated, rest: rest, isComplete: isComplete)
            return
        }
        let body = relay.held.judged
        guard let transaction, LongEvaluation.isAdvised(bytes: body.count) else {
            if passesResponseBody(isTruncated: isTruncated) { responseJudged(rest, isComplete) }
            return
        }
        let isDecoded = relay.held.isDecoded
        let evaluation = LongEvaluation(transaction) {
            $0.evaluateResponseBody(body, isTruncated: isTruncated, isDecoded: isDecoded)
        } ended: { [unowned self] verdict in
            goOnAfterJudgement(verdict, isComplete)
        }
        if let verdict = worker.evaluations.begin(evaluation) {
            if obey(verdict) { responseJudged(rest, isComplete) }
            return
        }
        self.evaluation = evaluation
        // The window belongs to the next event.
        relay.inbox.append(rest)
        pauseResponse()
    }

    private func goOnAfterJudgement(_ verdict: Verdict, _ isComplete: Bool) {
        evaluation = nil
        response = .holding
        guard obey(verdict) else { return }
        var rest = ByteBuffer()
        swap(&rest, &relay.inbox)
        upstream.connection?.stream?.watchAgain(on: worker.poller)
        responseJudged(rest.view, isComplete)
    }

    func responseJudged(_ rest: ByteView, _ isComplete: Bool) {
        if isComplete, let body = transaction?.rewrittenResponseBody { relay.held.replace(with: body) }
        startStreaming(rest, isComplete: isComplete)
    }

    /// The exchange ends: what its transaction sees is about to go.
    func giveUpEvaluation() {
        guard let evaluation else { return }
        self.evaluation = nil
        worker.evaluations.cancel(evaluation)
    }
}
