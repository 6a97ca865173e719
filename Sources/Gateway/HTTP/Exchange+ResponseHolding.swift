// Response bodies that are collected for inspection, and phase 4 (SecResponseBodyLimit,
// `waf_response_hold`).

internal import Bytes
internal import HTTP1
internal import Inspection
internal import Journal
internal import RuleStore
internal import Transport

extension Exchange {
    func holdBody(_ bytes: ByteView) {
        guard let transaction else { return }
        var offset = 0
        while true {
            switch decode(bytes, offset) {
            case .data(let range):
                relay.held.append(bytes[range])
                offset = range.upperBound
                if relay.held.count > transaction.responseBodyLimitBytes {
                    bodyExceedsInspection(rest: bytes[offset...])
                    return
                }
            case .needsMore: return
            case .end(let end):
                noteSurplus(bytes.count - end)
                guard passesResponseBody(isTruncated: false) else { return }
                startStreaming(.empty, isComplete: true)
                return
            case nil: return
            }
        }
    }

    /// SecResponseBodyLimitAction.
    private func bodyExceedsInspection(rest: ByteView) {
        if transaction?.responseBodyLimitAction == .reject {
            worker.log.client(session, .error, "response body is longer than SecResponseBodyLimit")
            closeUpstream()
            refuse(status: 500)
        } else if passesResponseBody(isTruncated: true) {
            startStreaming(rest)
        }
    }

    /// The time for holding is over: what is there is judged, the rest is streamed.
    func releaseHeldResponse() {
        guard passesResponseBody(isTruncated: true) else { return }
        startStreaming(.empty)
    }
}
