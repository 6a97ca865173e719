// One connection to the control socket.

internal import Bytes
internal import Glibc
internal import Posix
internal import Reports

/// Reads request lines and writes answers, without ever waiting.
///
/// A client is asked one thing at a time: while an answer is owed nothing more is taken from its
/// buffer, so that answers come in the order of the requests.
final class ControlClient {
    enum Outcome: Equatable {
        case nothing
        case request(ControlRequest)
        /// Answered already, with the error.
        case refused
    }

    let number: Int
    private let descriptor: Descriptor
    private var input = ByteBuffer()
    private var output = ByteBuffer()
    private(set) var isWaitingForAnswer = false
    /// Nothing more is read; the connection ends when the output is written.
    private var isLastAnswer = false
    private(set) var isClosed = false
    private var lastActivity: Int64

    init(number: Int, descriptor: consuming Descriptor, now: Int64) {
        self.number = number
        self.descriptor = descriptor
        lastActivity = now
    }

    var descriptorNumber: Int32 { descriptor.number }

    var interest: PollSet.Readiness {
        var interest: PollSet.Readiness = []
        if !isWaitingForAnswer, !isLastAnswer { interest.insert(.readable) }
        if !output.isEmpty { interest.insert(.writable) }
        return interest
    }

    /// When the client is dropped unless something happens; nil while an answer is owed.
    var idleAt: Int64? { isWaitingForAnswer ? nil : lastActivity + SupervisorLimits.controlIdleTimeout }

    func close() { isClosed = true }

    /// Takes what has arrived.
    func read(now: Int64) {
        guard !isClosed, !isLastAnswer else { return }
        lastActivity = now
        var result = TransferResult.wouldBlock
        unsafe input.appendUninitialized(upTo: SupervisorLimits.controlRequestBytes) { room in
            result = unsafe SocketIO.receive(descriptor.number, into: room)
            if case .moved(let count) = result { return count }
            return 0
        }
        switch result {
        case .moved, .wouldBlock: break
        case .endOfStream, .failed: isClosed = true
        }
    }

    /// The next whole line as a request.
    func nextRequest(now: Int64) -> Outcome {
        guard !isWaitingForAnswer, !isLastAnswer, !isClosed else { return .nothing }
        let view = input.view
        guard let end = view.firstIndex(of: ASCII.lineFeed) else {
            guard view.count > SupervisorLimits.controlRequestBytes else { return .nothing }
            return refuse(.lineTooLong(limitBytes: SupervisorLimits.controlRequestBytes), isLast: true, now)
        }
        guard end <= SupervisorLimits.controlRequestBytes else {
            return refuse(.lineTooLong(limitBytes: SupervisorLimits.controlRequestBytes), isLast: true, now)
        }
        let line = (0..<end).map { view[$0] }
        input.consume(end + 1)
        do throws(ControlRequestError) {
            let request = try ControlRequest.parse(line)
            isWaitingForAnswer = true
            return .request(request)
        } catch {
            return refuse(error, isLast: false, now)
        }
    }

    func refuse(_ error: ControlRequestError, isLast: Bool, _ now: Int64) -> Outcome {
        isLastAnswer = isLast
        answer(ControlAnswer.failed([error.description]), now: now)
        return .refused
    }

    func answer(_ value: JSONValue, now: Int64) {
        isWaitingForAnswer = false
        lastActivity = now
        output.append(value.line)
        output.append(ASCII.lineFeed)
        guard output.count <= SupervisorLimits.controlAnswerBytes else {
            isClosed = true
            return
        }
        write()
    }

    /// Sends what the client takes now.
    func write() {
        while !isClosed, !output.isEmpty {
            switch SocketIO.send(descriptor.number, output.view) {
            case .moved(let count): output.consume(count)
            case .wouldBlock: return
            case .endOfStream, .failed: isClosed = true
            }
        }
        if isLastAnswer { isClosed = true }
    }
}
