// What happens to a complete message: positive rules first, then the rules judge it.

internal import BodyFormats
internal import Bytes
internal import Inspection
internal import Pipeline
internal import RuleStore
internal import WebSocket

/// Whether a message goes on.
enum MessageOutcome: Equatable {
    case pass
    /// The message is taken out; the connection goes on.
    case drop
    /// The verdict takes its time; the tunnel will be told.
    case wait
    case refuse(Refusal)
}

enum MessageJudge {
    /// - Parameter index: Messages of that direction before this one.
    static func judge(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        _ worker: WorkerServices
    ) -> MessageOutcome {
        let checks = context.checks
        switch message.opcode {
        case .text where checks.refusesText: return .refuse(.unacceptedType)
        case .binary where checks.refusesBinary: return .refuse(.unacceptedType)
        case .text, .binary: break
        }
        if checks.isRated, direction == .fromClient,
            let refusal = context.rates(worker).take(payloadBytes: message.payloadBytes, now: worker.now),
            breaks(refusal, direction, context, worker)
        {
            return .refuse(refusal)
        }
        if checks.checksFormat || (checks.hasSchema && direction == .fromClient),
            let refusal = formFault(message, direction, context, worker),
            breaks(refusal, direction, context, worker)
        {
            return .refuse(refusal)
        }
        if checks.hasPipeline, let pipeline = context.route.activePipeline {
            let outcome = judgeByStages(message, direction, index: index, context, pipeline, worker)
            guard outcome == .pass else { return outcome }
        }
        if checks.hasRules {
            let outcome = judgeByRules(message, direction, index: index, context, worker)
            guard outcome == .pass else { return outcome }
        }
        return checks.asksTarget ? askTarget(message, direction, index: index, context, worker) : .pass
    }

    /// Pings are rare, unless somebody wants the other side to be busy with them.
    static func judgePing(_ direction: MessageDirection, _ context: TunnelContext, _ worker: WorkerServices)
        -> Refusal?
    {
        guard context.checks.isRated, direction == .fromClient,
            let refusal = context.rates(worker).take(payloadBytes: 0, now: worker.now),
            breaks(refusal, direction, context, worker)
        else { return nil }
        return refusal
    }

    /// Whether a positive rule is enforced; otherwise what it found is only logged.
    private static func breaks(
        _ refusal: Refusal, _ direction: MessageDirection, _ context: TunnelContext, _ worker: WorkerServices
    ) -> Bool {
        if context.checks.isEnforced { return true }
        if context.mayNote(at: worker.secondsSinceEpoch) {
            worker.log.violation(refusal, direction, isEnforced: false, context)
        }
        return false
    }

    /// What is wrong with the message's form; nil when it is as declared.
    private static func formFault(
        _ message: Message, _ direction: MessageDirection, _ context: TunnelContext, _ worker: WorkerServices
    ) -> Refusal? {
        let checks = context.checks
        // A schema asks for JSON where nothing else has been declared.
        let format = checks.format.flatMap { $0 == .text && checks.hasSchema ? .json : $0 } ?? .json
        // Attachments of Socket.IO and bodies of STOMP come as binary, too.
        if message.opcode == .binary, format == .socketIO || format == .stomp { return nil }
        let sender: MessageSender = direction == .fromClient ? .client : .server
        do throws(MessageFormatError) {
            try worker.messageDecoder.split(message.payload, as: format, from: sender)
        } catch {
            return .malformed(format, error)
        }
        // The schema is that of what clients say.
        let schema = direction == .fromClient ? context.route.schema : nil
        let matcher = worker.matcher
        var found: SchemaFault?
        let fault = worker.messageDecoder.check(as: format, from: sender, limits: JSONLimits()) { tape in
            if let schema, found == nil {
                found = SchemaJudge.fault(in: tape, against: schema, matcher: matcher)
            }
        }
        return fault.map { .malformed(format, $0) } ?? found.map { .notAsSchema($0) }
    }
}
