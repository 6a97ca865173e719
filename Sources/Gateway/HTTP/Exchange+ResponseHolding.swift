// Response bodies that are collected for inspection, and phase 4 (SecResponseBodyLimit,
// `waf_response_hold`).

internal import Bytes
internal import HTTP1
internal import Inspection
internal import Journal
internal import RuleStore
internal import Transport

extension Exchange {
    /// The body's first bytes are here.
    func startHolding(_ rest: ByteView) {
        guard let transaction else { return }
        response = .holding
        session.setDeadline(milliseconds: settings.responseHoldMilliseconds)
        switch transaction.responseBodyCoding {
        case .plain: break
        case .coded(let codings):
            relay.held.decode(codings, limitBytes: transaction.responseBodyLimitBytes)
        case .unreadable(let reason):
            relay.held.markUnreadable(reason)
            bodyEscapesInspection(reason, rest: rest)
            return
        }
        holdBody(rest)
    }

    func holdBody(_ bytes: ByteView) {
        guard let transaction else { return }
        var offset = 0
        while true {
            switch decode(bytes, offset) {
            case .data(let range):
                let progress = relay.held.append(
                    bytes[range], limitBytes: transaction.responseBodyLimitBytes)
                offset = range.upperBound
                if case .overLimit(let reason) = progress {
                    bodyEscapesInspection(reason, rest: bytes[offset...])
                    return
                }
                if let fault = relay.held.fault {
                    bodyEscapesInspection(fault, rest: bytes[offset...])
                    return
                }
            case .needsMore: return
            case .end(let end):
                noteSurplus(bytes.count - end)
                heldBodyEnded()
                return
            case nil: return
            }
        }
    }

    /// All of the body is held.
    func heldBodyEnded() {
        relay.held.finish()
        if let fault = relay.held.fault {
            bodyEscapesInspection(fault, rest: .empty, isComplete: true)
        } else {
            judgeHeldResponse(isTruncated: false, isComplete: true)
        }
    }

    /// SecResponseBodyLimitAction, for a body that is too long and for one that can not be decoded: it is
    /// not sent, or judged as far as it could be read.
    private func bodyEscapesInspection(_ reason: String, rest: ByteView, isComplete: Bool = false) {
        if transaction?.responseBodyLimitAction == .reject {
            worker.log.client(session, .error, "response body can not be inspected: \(reason)")
            closeUpstream()
            refuse(status: 500)
            return
        }
        if let fault = relay.held.fault {
            worker.log.client(session, .warning, "response body is inspected in part: \(fault)")
        }
        judgeHeldResponse(isTruncated: true, rest: rest, isComplete: isComplete)
    }

    /// The time for holding is over: what is there is judged, the rest is streamed.
    func releaseHeldResponse() {
        judgeHeldResponse(isTruncated: true)
    }
}
