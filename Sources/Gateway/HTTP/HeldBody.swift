// A body that is held for inspection: as it came, and as the rules read it.

package import BodyFormats
package import Bytes
internal import Inspection

/// The content of one message, without its framing. What is forwarded is always what came.
package struct HeldBody: ~Copyable {
    /// What became of a piece.
    package enum Progress: Equatable {
        case goesOn
        /// Longer than the limit, as it came or decoded; with the reason.
        case overLimit(String)
    }

    /// As it came.
    package var wire = ByteBuffer()
    private var decoder: CodedBody?
    private var decoded = ByteBuffer()
    private var isCoded = false
    /// Why it can not be read under its Content-Encoding.
    package private(set) var fault: String?

    package init() {}

    /// Everything that comes is decoded on the way.
    package mutating func decode(_ codings: ContentCodingList, limitBytes: Int) {
        decoder = CodedBody(codings, limitBytes: limitBytes)
        isCoded = true
    }

    /// It is judged as it came, and the rules are told that it can not be read.
    package mutating func markUnreadable(_ reason: String) { fault = reason }

    package mutating func append(_ piece: ByteView, limitBytes: Int) -> Progress {
        wire.append(piece)
        if fault == nil, let progress = decoder?.decode(piece, into: &decoded), let passed = note(progress) {
            return passed
        }
        return wire.count > limitBytes ? .overLimit("longer than the limit") : .goesOn
    }

    /// The body has ended: a coding's stream must have ended, too.
    package mutating func finish() {
        guard fault == nil, let progress = decoder?.finish() else { return }
        _ = note(progress)
    }

    private mutating func note(_ progress: CodedBody.Progress) -> Progress? {
        switch progress {
        case .goesOn: return nil
        case .corrupt(let reason):
            fault = reason
            return nil
        case .overLimit(let reason): return .overLimit(reason)
        }
    }

    /// What the rules read. Of a body that is not what its coding says, whatever could be decoded; if that
    /// is nothing, the body as it came: whoever gets it may not look at Content-Encoding either.
    package var judged: ByteView { isDecoded ? decoded.view : wire.view }

    /// Whether `judged` is what the coding stands for.
    package var isDecoded: Bool { isCoded && (fault == nil || !decoded.isEmpty) }

    package mutating func reset() {
        wire.removeAll(keepingCapacity: false)
        decoder = nil
        decoded.removeAll(keepingCapacity: false)
        isCoded = false
        fault = nil
    }
}
