// What sanitising actions hide in the audit log.

internal import Bytes

/// One thing to be shown as asterisks.
struct Redaction {
    enum Subject { case argument, requestField, responseField, cookie, anywhere }

    var subject: Subject
    /// Of the argument, field or cookie; case does not count. Unused for `anywhere`.
    var name: ByteView
    /// Only these bytes of the value, where they are found in it; nil: all of it.
    var bytes: ByteView?
    /// Bytes that stay readable at both ends of `bytes`.
    var keptFirst = 0
    var keptLast = 0

    func isSame(as other: Redaction) -> Bool {
        subject == other.subject && keptFirst == other.keptFirst && keptLast == other.keptLast
            && name.equalsIgnoringASCIICase(other.name) && bytes == other.bytes
    }

    func names(_ subject: Subject, _ name: ByteView) -> Bool {
        self.subject == subject && self.name.equalsIgnoringASCIICase(name)
    }

    /// The parts of a value that are hidden.
    ///
    /// - Parameter isWholeOtherwise: Where `bytes` is not found, because the value is written in another
    ///   way than the rule saw it: all of it.
    func hiddenRanges(in value: ByteView, isWholeOtherwise: Bool = true) -> [Range<Int>] {
        guard let bytes, !bytes.isEmpty else { return [value.indices] }
        var ranges: [Range<Int>] = []
        var start = 0
        while let found = value.firstRange(of: bytes, from: start) {
            let lower = min(found.upperBound, found.lowerBound + keptFirst)
            let upper = max(lower, found.upperBound - keptLast)
            ranges.append(lower..<upper)
            start = found.upperBound
        }
        return ranges.isEmpty && isWholeOtherwise ? [value.indices] : ranges
    }
}
