// Answering without the upstream.

internal import Bytes
internal import HTTPMessage
internal import Inspection

extension Exchange {
    /// Answers with a status of the gateway's own, or breaks the connection off when an answer
    /// has begun already.
    ///
    /// - Parameter location: Where a redirection leads.
    func refuse(status: Int, location: ByteView = .empty) {
        guard response != .streaming, response != .ended else {
            session.close()
            return
        }
        // A request that is not read to its end can not be followed by another.
        if !requestBody.isComplete || session.head.requestLine.isEmpty { keepsAlive = false }
        answer(status: status, location: location)
    }

    /// 301 to the path with a slash at its end, as nginx does for proxied locations.
    func redirectToSlash() {
        worker.fieldScratch.removeAll(keepingCapacity: true)
        worker.fieldScratch.append(session.head.path)
        worker.fieldScratch.append("/")
        if let query = session.head.query {
            worker.fieldScratch.append("?")
            worker.fieldScratch.append(query)
        }
        if !requestBody.isComplete { keepsAlive = false }
        answer(status: 301, location: worker.fieldScratch.view)
    }

    private func answer(status: Int, location: ByteView = .empty) {
        giveUpEvaluation()
        closeUpstream()
        worker.countResponse(status: status)
        transaction?.noteAnswer(status: status, reason: ByteView(StatusCode.reasonPhrase(status)))
        worker.output.removeAll(keepingCapacity: true)
        if session.head.version == .http09 {
            LocalAnswer.writeBare(status: status, into: &worker.output)
        } else {
            LocalAnswer.write(
                status: status, location: location, date: worker.date.text(at: worker.secondsSinceEpoch),
                persistence: clientPersistence, hasBody: session.head.knownMethod != .head,
                into: &worker.output)
            tally.sentHeadBytes += worker.output.view.firstRange(of: ByteView("\r\n\r\n"))?.upperBound ?? 0
        }
        tally.status = status
        request = .sent
        response = .ended
        if session.send(worker.output.view) { finish() }
    }
}
