// Bodies as they were before Content-Encoding. RFC 9110 section 8.4.

package import Bytes

/// Undoes the codings of one body, piece by piece, within limits.
package struct ContentDecoder: ~Copyable {
    private let limits: ContentCodingLimits
    /// Undoes the coding applied last; nil for a body that is as it is.
    private var outer: DecoderStage?
    private var inner: DecoderStage?
    /// What `outer` gave and `inner` has not taken yet; empty between two calls.
    private var between = ByteBuffer()
    private var betweenBytes = 0
    /// Bytes of the body decoded so far, and what they became.
    package private(set) var consumedBytes = 0
    package private(set) var deliveredBytes = 0
    private var failure: ContentCodingError?
    /// Most that is decoded before the limits are looked at again.
    private static var pieceBytes: Int { 16 << 10 }

    package init(_ list: ContentCodingList, limits: ContentCodingLimits) {
        precondition(
            list.codings.count <= ContentCodingLimits.maximumCodings, "more codings than there are stages")
        self.limits = limits
        outer = list.codings.last.map { DecoderStage($0) }
        inner = list.codings.count > 1 ? DecoderStage(list.codings[0]) : nil
    }

    /// Decodes the next piece of the body, appending to `output`. What was appended before an error
    /// stays; the same error comes again then.
    package mutating func decode(
        _ input: ByteView, into output: inout ByteBuffer
    ) throws(ContentCodingError) {
        if let failure { throw failure }
        do {
            if outer == nil {
                try pass(input, into: &output)
            } else if inner == nil {
                try decodeLast(input, into: &output)
            } else {
                try decodeBoth(input, into: &output)
            }
        } catch {
            failure = error
            throw error
        }
    }

    /// Ends the body.
    package mutating func finish() throws(ContentCodingError) {
        if let failure { throw failure }
        if let coding = outer?.openCoding ?? inner?.openCoding {
            failure = .truncated(coding)
            throw .truncated(coding)
        }
    }

    private mutating func pass(_ input: ByteView, into output: inout ByteBuffer) throws(ContentCodingError) {
        let room = limits.outputBytes - deliveredBytes
        let piece = input[..<min(room, input.count)]
        output.append(piece)
        consumedBytes += piece.count
        deliveredBytes += piece.count
        if piece.count < input.count { throw .outputTooLarge(limitBytes: limits.outputBytes) }
    }

    private mutating func decodeBoth(
        _ input: ByteView, into output: inout ByteBuffer
    ) throws(ContentCodingError) {
        var rest = input
        while true {
            let room = room(after: betweenBytes)
            guard let step = try outer?.decode(rest, into: &between, upTo: room) else { return }
            rest = rest[step.consumedBytes...]
            consumedBytes += step.consumedBytes
            betweenBytes += step.producedBytes
            guard betweenBytes <= limits.outputBytes else {
                throw .outputTooLarge(limitBytes: limits.outputBytes)
            }
            if step.producedBytes > 0 { try decodeLast(between.view, into: &output) }
            between.removeAll(keepingCapacity: true)
            if Self.isDone(step, room, rest) { return }
        }
    }

    /// Runs what undoes the coding applied first, which is the only one as a rule.
    private mutating func decodeLast(
        _ input: ByteView, into output: inout ByteBuffer
    ) throws(ContentCodingError) {
        var rest = input
        while true {
            let room = room(after: deliveredBytes)
            var step = try inner?.decode(rest, into: &output, upTo: room)
            if step == nil {
                step = try outer?.decode(rest, into: &output, upTo: room)
                consumedBytes += step?.consumedBytes ?? 0
            }
            guard let step else { return }
            rest = rest[step.consumedBytes...]
            try deliver(step.producedBytes, into: &output)
            if Self.isDone(step, room, rest) { return }
        }
    }

    /// Whether nothing can be done before more input comes: neither is anything held back for want
    /// of room, nor is there input to go on with or to complain about.
    private static func isDone(_ step: DecoderStep, _ room: Int, _ rest: ByteView) -> Bool {
        guard step.producedBytes < room else { return false }
        return rest.isEmpty || (step.consumedBytes == 0 && step.outcome == .unfinished)
    }

    /// One byte more than is allowed, which tells a body at the limit from one above it.
    private func room(after bytes: Int) -> Int { min(Self.pieceBytes, limits.outputBytes - bytes + 1) }

    /// Counts what was appended to `output`, and takes back what is too much.
    private mutating func deliver(_ bytes: Int, into output: inout ByteBuffer) throws(ContentCodingError) {
        deliveredBytes += bytes
        if deliveredBytes > limits.outputBytes {
            output.truncate(to: output.count - (deliveredBytes - limits.outputBytes))
            deliveredBytes = limits.outputBytes
            throw .outputTooLarge(limitBytes: limits.outputBytes)
        }
        guard deliveredBytes > limits.ratioFreeBytes else { return }
        let allowed = consumedBytes.multipliedReportingOverflow(by: limits.ratio)
        if !allowed.overflow, deliveredBytes > allowed.partialValue {
            throw .ratioTooHigh(limit: limits.ratio)
        }
    }
}
