// The way of frames from one end of a tunnel to the other.
//
//     received bytes:   | message | message | control | mess ...
//                       ^ sent              ^ approved       ^ read
//
// Messages that lie whole in the receive buffer are judged there and leave from there, all that
// were approved with one send. What is left of one that goes on is kept once, as wire bytes, in
// the source's `held`; control frames pass it by.

internal import Bytes
internal import Metrics
internal import Transport
internal import WebSocket

enum FrameRelay {
    /// Takes what came from `source` and sends on what may pass.
    ///
    /// - Parameter isKnown: The bytes were received, and counted, before.
    /// - Returns: Why the tunnel must end, nil when it goes on.
    static func relay(
        _ bytes: ByteView, _ direction: MessageDirection, from source: inout TunnelEnd,
        to sink: inout TunnelEnd,
        _ context: TunnelContext, _ worker: WorkerServices, isKnown: Bool = false
    ) -> Refusal? {
        guard source.reader != nil else {
            send(bytes, from: &source, to: &sink, worker)
            return nil
        }
        var progress = Progress()
        // Taken for all of these bytes at once: what is done for each message is what counts here.
        let refusal = read(
            bytes, direction, &progress, from: &source, to: &sink, context, worker,
            scratch: &worker.messageScratch)
        count(progress.messages, isKnown ? 0 : bytes.count, direction, context, worker)
        send(bytes[progress.sent..<progress.approved], from: &source, to: &sink, worker)
        guard refusal == nil else { return refusal }
        source.held.append(bytes[progress.approved..<progress.read])
        source.unread.append(bytes[progress.read...])
        return nil
    }

    /// Offsets into the received bytes, in this order.
    private struct Progress {
        /// Up to here bytes have been sent.
        var sent = 0
        /// Up to here they may be sent.
        var approved = 0
        /// Up to here they have been read; between `approved` and here lies the message in progress.
        var read = 0
        /// Messages that ended in these bytes.
        var messages = 0
    }

    private static func read(
        _ bytes: ByteView, _ direction: MessageDirection, _ progress: inout Progress,
        from source: inout TunnelEnd, to sink: inout TunnelEnd, _ context: TunnelContext,
        _ worker: WorkerServices,
        scratch: inout MessageScratch
    ) -> Refusal? {
        let isChecked = !context.checks.isEmpty
        let earlier = direction == .fromClient ? context.messagesFromClient : context.messagesFromServer
        while progress.read < bytes.count {
            let step: MessageReader.Step
            do throws(FrameError) {
                step = try source.reader!.read(bytes, from: progress.read, scratch: &scratch)
            } catch {
                // What a peer still sends behind its close frame is nobody's business any more
                // (RFC 6455 section 5.5.1): it is dropped, and the closing goes its way.
                guard error == .dataAfterClose else { return .violation(error) }
                send(bytes[progress.sent..<progress.approved], from: &source, to: &sink, worker)
                progress = Progress(
                    sent: bytes.count, approved: bytes.count, read: bytes.count, messages: progress.messages)
                return nil
            }
            switch step {
            case .needsMore(let end):
                progress.read = end
                return nil
            case .fragment(let end):
                progress.read = end
            case .control(let frame, let end):
                switch frame.opcode {
                case .close: sink.isToldToClose = true
                case .ping:
                    if let refusal = MessageJudge.judgePing(direction, context, worker) { return refusal }
                case .pong: break
                }
                if progress.approved < progress.read {
                    hold(bytes, &progress, from: &source, to: &sink, worker)
                }
                progress.approved = end
                progress.read = end
            case .message(let message, let end):
                progress.messages += 1
                let outcome =
                    isChecked
                    ? MessageJudge.judge(
                        message, direction, index: earlier + progress.messages - 1, context, worker) : .pass
                switch outcome {
                case .pass:
                    progress.read = end
                    approve(bytes, &progress, from: &source, to: &sink, worker)
                case .drop:
                    worker.stats.add(.webSocketMessagesBlocked)
                    progress.read = end
                    discard(bytes, &progress, from: &source, to: &sink, worker)
                case .wait:
                    progress.read = end
                    park(bytes, &progress, from: &source, to: &sink, worker)
                    return nil
                case .refuse(let refusal): return refusal
                }
            }
        }
        return nil
    }

    private static func count(
        _ messages: Int, _ bytes: Int, _ direction: MessageDirection, _ context: TunnelContext,
        _ worker: WorkerServices
    ) {
        switch direction {
        case .fromClient:
            context.messagesFromClient += messages
            context.bytesFromClient += bytes
            worker.stats.add(.webSocketMessagesFromClient, messages)
        case .fromServer:
            context.messagesFromServer += messages
            context.bytesFromServer += bytes
            worker.stats.add(.webSocketMessagesFromUpstream, messages)
        }
    }

    /// A control frame stands between the fragments of a message: what came of the message so far
    /// is put aside, and the control frame goes first.
    private static func hold(
        _ bytes: ByteView, _ progress: inout Progress, from source: inout TunnelEnd, to sink: inout TunnelEnd,
        _ worker: WorkerServices
    ) {
        send(bytes[progress.sent..<progress.approved], from: &source, to: &sink, worker)
        source.held.append(bytes[progress.approved..<progress.read])
        progress.sent = progress.read
    }

    /// The message that ends at `progress.read` may pass, with what is held of it.
    private static func approve(
        _ bytes: ByteView, _ progress: inout Progress, from source: inout TunnelEnd, to sink: inout TunnelEnd,
        _ worker: WorkerServices
    ) {
        defer { progress.approved = progress.read }
        guard !source.held.isEmpty else { return }
        send(bytes[progress.sent..<progress.approved], from: &source, to: &sink, worker)
        sendHeld(bytes[progress.approved..<progress.read], from: &source, to: &sink, worker)
        progress.sent = progress.read
    }

    /// The message that ends at `progress.read` goes no further; what came before it does.
    private static func discard(
        _ bytes: ByteView, _ progress: inout Progress, from source: inout TunnelEnd, to sink: inout TunnelEnd,
        _ worker: WorkerServices
    ) {
        send(bytes[progress.sent..<progress.approved], from: &source, to: &sink, worker)
        source.held.removeAll(keepingCapacity: false)
        progress.approved = progress.read
        progress.sent = progress.read
    }

    /// The message that ends at `progress.read` waits for its verdict, and all that lies behind it.
    private static func park(
        _ bytes: ByteView, _ progress: inout Progress, from source: inout TunnelEnd, to sink: inout TunnelEnd,
        _ worker: WorkerServices
    ) {
        send(bytes[progress.sent..<progress.approved], from: &source, to: &sink, worker)
        source.held.append(bytes[progress.approved..<progress.read])
        source.unread.append(bytes[progress.read...])
        source.isWaiting = true
        source.stream.pauseReading(on: worker.poller)
        progress.sent = bytes.count
        progress.approved = bytes.count
        progress.read = bytes.count
    }

    /// The verdict on the message that waits; then what has come behind it.
    static func resume(
        _ outcome: MessageOutcome, _ direction: MessageDirection, from source: inout TunnelEnd,
        to sink: inout TunnelEnd, _ context: TunnelContext, _ worker: WorkerServices
    ) -> Refusal? {
        source.isWaiting = false
        switch outcome {
        case .pass: sendHeld(.empty, from: &source, to: &sink, worker)
        case .drop:
            worker.stats.add(.webSocketMessagesBlocked)
            source.held.removeAll(keepingCapacity: false)
        case .wait: return nil
        case .refuse(let refusal): return refusal
        }
        var rest = ByteBuffer()
        swap(&rest, &source.unread)
        if !rest.isEmpty,
            let refusal = relay(
                rest.view, direction, from: &source, to: &sink, context, worker, isKnown: true)
        {
            return refusal
        }
        if !source.isWaiting, !source.hasEnded, !sink.stream.isBlocked {
            source.stream.resumeReading(on: worker.poller)
        }
        return nil
    }

    private static func sendHeld(
        _ rest: ByteView, from source: inout TunnelEnd, to sink: inout TunnelEnd, _ worker: WorkerServices
    ) {
        let outcome = sink.stream.send(source.held.view, rest, on: worker.poller)
        source.held.removeAll(keepingCapacity: false)
        note(outcome, from: &source, to: &sink, worker)
    }

    private static func send(
        _ bytes: ByteView, from source: inout TunnelEnd, to sink: inout TunnelEnd, _ worker: WorkerServices
    ) {
        guard !bytes.isEmpty, !sink.isBroken else { return }
        note(sink.stream.send(bytes, on: worker.poller), from: &source, to: &sink, worker)
    }

    /// Back-pressure: a sink that is behind stops its source.
    private static func note(
        _ outcome: SendOutcome, from source: inout TunnelEnd, to sink: inout TunnelEnd,
        _ worker: WorkerServices
    ) {
        switch outcome {
        case .sent: break
        case .blocked: source.stream.pauseReading(on: worker.poller)
        case .failed: sink.isBroken = true
        }
    }
}
